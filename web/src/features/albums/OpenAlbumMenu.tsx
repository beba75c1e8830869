import type { ReactElement } from "react";
import { useTranslation } from "react-i18next";

import type { Song } from "@/api/types";
import { songDialogs } from "@/hooks/songDialogs";
import { isPlayable } from "@/hooks/usePlayFrom";
import { usePlaySongs } from "@/hooks/usePlaySongs";
import { Menu } from "@/ui/Menu";
import { MenuItem } from "@/ui/MenuParts";

interface OpenAlbumMenuProps {
  songs: Song[];
  trigger: ReactElement;
}

/** What else can be done with an album. It opens as soon as it is there. */
export function OpenAlbumMenu({ songs, trigger }: OpenAlbumMenuProps) {
  const { t } = useTranslation("rows");
  const { playNext, append } = usePlaySongs();
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
    </Menu>
  );
}
