import { Link } from "@tanstack/react-router";
import { type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";

import type { SongActions, SongLine } from "@/lib/songRow";

import { Icon } from "./Icon";
import { IconButton } from "./IconButton";
import { Menu } from "./Menu";
import { MenuItem, MenuLine, MenuLink } from "./MenuParts";

interface SongMenuProps {
  song: SongLine;
  actions: SongActions;
  /** Entries of the list around it, for example to take the song out of a playlist. */
  children?: ReactNode;
  /** Out of the tab order: for rows of a grid other than the one with the cursor. */
  skipped?: boolean;
}

/** The button at the end of a song's row. The menu itself exists from its first press on. */
export function SongMenu({ song, actions, children, skipped = false }: SongMenuProps) {
  const { t } = useTranslation();
  const [asked, setAsked] = useState(false);
  const button = (
    <IconButton
      icon="more"
      label={t("moreFor", { name: song.title })}
      aria-haspopup="menu"
      tabIndex={skipped ? -1 : 0}
      onClick={() => setAsked(true)}
    />
  );
  if (!asked) return button;
  return (
    <Menu trigger={button} defaultOpen>
      <SongMenuItems song={song} actions={actions} />
      {children}
    </Menu>
  );
}

function SongMenuItems({ song, actions }: Pick<SongMenuProps, "song" | "actions">) {
  const { t } = useTranslation("rows");
  const artist = song.artists[0];
  return (
    <>
      <MenuItem icon="playNext" onSelect={actions.playNext} disabled={song.missing === true}>
        {t("playNext")}
      </MenuItem>
      <MenuItem icon="queue" onSelect={actions.append} disabled={song.missing === true}>
        {t("append")}
      </MenuItem>
      <MenuItem icon="add" onSelect={actions.addToPlaylist}>
        {t("addToPlaylist")}
      </MenuItem>
      <MenuItem icon={song.liked ? "heartFilled" : "heart"} onSelect={actions.toggleLike}>
        {t(song.liked ? "unlike" : "like")}
      </MenuItem>
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
