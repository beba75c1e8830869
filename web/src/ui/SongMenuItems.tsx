import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";

import type { SongActions, SongLine } from "@/lib/songRow";

import { Icon } from "./Icon";
import { MenuItem, MenuLine, MenuLink } from "./MenuParts";
import { RatingItems } from "./RatingItems";

interface SongMenuItemsProps {
  song: SongLine;
  actions: SongActions;
  /** Offers to take the song into a selection, or out of it. */
  select?: { selected: boolean; toggle: () => void } | undefined;
  /** Plays the list from this song; left out where a button beside the menu does. */
  onPlay?: (() => void) | undefined;
}

/** What can be done with one song, for a menu. */
export function SongMenuItems({ song, actions, select, onPlay }: SongMenuItemsProps) {
  const { t } = useTranslation("rows");
  const missing = song.missing === true;
  return (
    <>
      {onPlay !== undefined && (
        <MenuItem icon="play" onSelect={onPlay} disabled={missing}>
          {t("selection.play")}
        </MenuItem>
      )}
      <MenuItem icon="playNext" onSelect={actions.playNext} disabled={missing}>
        {t("playNext")}
      </MenuItem>
      <MenuItem icon="queue" onSelect={actions.append} disabled={missing}>
        {t("append")}
      </MenuItem>
      <MenuItem icon="add" onSelect={actions.addToPlaylist}>
        {t("addToPlaylist")}
      </MenuItem>
      <MenuItem icon={song.liked ? "heartFilled" : "heart"} onSelect={actions.toggleLike}>
        {t(song.liked ? "unlike" : "like")}
      </MenuItem>
      <RatingItems rating={song.rating} onRate={actions.rate} />
      {select !== undefined && (
        <MenuItem icon="check" onSelect={select.toggle}>
          {t(select.selected ? "unselect" : "select")}
        </MenuItem>
      )}
      <MenuLine />
      <Ways song={song} />
      <MenuItem icon="info" onSelect={actions.showDetails}>
        {t("details")}
      </MenuItem>
      {(actions.edit !== undefined || actions.remove !== undefined) && <MenuLine />}
      {actions.edit !== undefined && (
        <MenuItem icon="edit" onSelect={actions.edit}>
          {t("edit")}
        </MenuItem>
      )}
      {actions.remove !== undefined && (
        <MenuItem icon="trash" danger onSelect={actions.remove}>
          {t("remove")}
        </MenuItem>
      )}
    </>
  );
}

/** The pages a song leads to. */
function Ways({ song }: { song: SongLine }) {
  const { t } = useTranslation("rows");
  const artist = song.artists[0];
  return (
    <>
      {song.albumId !== null && (
        <MenuLink>
          <Link to={`/albums/${song.albumId}` as string}>
            <Icon name="albums" />
            {t("goToAlbum")}
          </Link>
        </MenuLink>
      )}
      {artist !== undefined && (
        <MenuLink>
          <Link to={`/artists/${artist.id}` as string}>
            <Icon name="artists" />
            {t("goToArtist")}
          </Link>
        </MenuLink>
      )}
    </>
  );
}
