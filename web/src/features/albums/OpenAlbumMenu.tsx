import type { ReactElement } from "react";
import { useTranslation } from "react-i18next";

import type { Album, Song } from "@/api/types";
import { mayEdit } from "@/hooks/mayEdit";
import { songDialogs } from "@/hooks/songDialogs";
import { isPlayable } from "@/hooks/usePlayFrom";
import { usePlaySongs } from "@/hooks/usePlaySongs";
import { useSession } from "@/hooks/useSession";
import { Menu } from "@/ui/Menu";
import { MenuItem, MenuLine } from "@/ui/MenuParts";

interface OpenAlbumMenuProps {
  album: Album;
  songs: Song[];
  trigger: ReactElement;
}

/** What else can be done with an album. It opens as soon as it is there. */
export function OpenAlbumMenu({ album, songs, trigger }: OpenAlbumMenuProps) {
  const { t } = useTranslation(["rows", "albums"]);
  const { playNext, append } = usePlaySongs();
  const user = useSession();
  const playable = songs.filter(isPlayable);
  return (
    <Menu trigger={trigger} align="start" defaultOpen>
      <MenuItem icon="playNext" onSelect={() => playNext(playable)}>
        {t("playNext")}
      </MenuItem>
      <MenuItem icon="queue" onSelect={() => append(playable)}>
        {t("append")}
      </MenuItem>
      <MenuItem icon="add" onSelect={() => songDialogs.show({ kind: "addToPlaylist", songs })}>
        {t("addToPlaylist")}
      </MenuItem>
      {songs.length > 0 && songs.every((song) => mayEdit(user, song)) && (
        <>
          <MenuLine />
          <MenuItem icon="edit" onSelect={() => songDialogs.show({ kind: "edit", songs })}>
            {t("albums:editAll")}
          </MenuItem>
        </>
      )}
      {user?.role === "admin" && (
        <MenuItem icon="albums" onSelect={() => songDialogs.show({ kind: "mergeAlbum", album })}>
          {t("albums:merge")}
        </MenuItem>
      )}
    </Menu>
  );
}
