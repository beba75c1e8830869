import { Link } from "@tanstack/react-router";
import type { ReactElement } from "react";
import { useTranslation } from "react-i18next";

import { Icon } from "./Icon";
import { Menu } from "./Menu";
import { MenuItem, MenuLine, MenuLink } from "./MenuParts";
import type { SongMenuProps } from "./SongMenu";

interface OpenSongMenuProps extends Omit<SongMenuProps, "skipped"> {
  trigger: ReactElement;
}

/** What can be done with a song. It opens as soon as it is there. */
export function OpenSongMenu({ song, actions, select, trigger, children }: OpenSongMenuProps) {
  const { t } = useTranslation("rows");
  const missing = song.missing === true;
  return (
    <Menu trigger={trigger} defaultOpen>
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
      {select !== undefined && (
        <MenuItem icon="check" onSelect={select.toggle}>
          {t(select.selected ? "unselect" : "select")}
        </MenuItem>
      )}
      <Ways song={song} />
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
      {children}
    </Menu>
  );
}

/** The pages a song leads to. */
function Ways({ song }: Pick<SongMenuProps, "song">) {
  const { t } = useTranslation("rows");
  const artist = song.artists[0];
  return (
    <>
      {(song.albumId !== null || artist !== undefined) && <MenuLine />}
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
