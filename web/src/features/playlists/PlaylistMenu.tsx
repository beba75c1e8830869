import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { updatePlaylist } from "@/api/playlists";
import type { Playlist, PlaylistSong } from "@/api/types";
import { songDialogs } from "@/hooks/songDialogs";
import { usePlaySongs } from "@/hooks/usePlaySongs";
import { toasts } from "@/lib/toasts";
import { IconButton } from "@/ui/IconButton";
import { Menu } from "@/ui/Menu";
import { MenuItem, MenuLine } from "@/ui/MenuParts";

import { DeleteDialog } from "./DeleteDialog";
import { PlaylistDialog } from "./PlaylistDialog";

interface PlaylistMenuProps {
  playlist: Playlist;
  songs: readonly PlaylistSong[];
}

/** What is done with a playlist beside playing it. Only its owner changes it. */
export function PlaylistMenu({ playlist, songs }: PlaylistMenuProps) {
  const { t } = useTranslation(["playlists", "common", "rows"]);
  const [open, setOpen] = useState<"edit" | "delete" | null>(null);
  const { playNext, append } = usePlaySongs();
  const queries = useQueryClient();
  const share = useMutation({
    mutationFn: () => updatePlaylist(playlist.id, { isPublic: !playlist.isPublic }),
    onSuccess: ({ isPublic }) => toasts.push(t(isPublic ? "nowPublic" : "nowPrivate")),
    onError: () => toasts.push(t("notSaved"), "fault"),
    onSettled: () => queries.invalidateQueries({ queryKey: ["playlists"] }),
  });
  const none = songs.length === 0;
  return (
    <>
      {playlist.mine && <IconButton icon="edit" label={t("edit")} onClick={() => setOpen("edit")} />}
      <Menu
        align="start"
        trigger={<IconButton icon="more" label={t("common:moreFor", { name: playlist.name })} />}
      >
        <MenuItem icon="playNext" disabled={none} onSelect={() => playNext(songs)}>
          {t("rows:playNext")}
        </MenuItem>
        <MenuItem icon="queue" disabled={none} onSelect={() => append(songs)}>
          {t("rows:append")}
        </MenuItem>
        <MenuItem
          icon="add"
          disabled={none}
          onSelect={() => songDialogs.show({ kind: "addToPlaylist", songs })}
        >
          {t("rows:addToPlaylist")}
        </MenuItem>
        {playlist.mine && (
          <>
            <MenuLine />
            <MenuItem icon={playlist.isPublic ? "lock" : "people"} onSelect={() => share.mutate()}>
              {t(playlist.isPublic ? "makePrivate" : "makePublic")}
            </MenuItem>
            <MenuItem icon="trash" danger onSelect={() => setOpen("delete")}>
              {t("delete")}
            </MenuItem>
          </>
        )}
      </Menu>
      {open === "edit" && (
        <PlaylistDialog playlist={playlist} onClose={() => setOpen(null)} onSaved={() => setOpen(null)} />
      )}
      {open === "delete" && <DeleteDialog playlist={playlist} onClose={() => setOpen(null)} />}
    </>
  );
}
