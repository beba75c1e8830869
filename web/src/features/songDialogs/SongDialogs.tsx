import { songDialogs, useSongDialog } from "@/hooks/songDialogs";

import { AddToPlaylistDialog } from "./AddToPlaylistDialog";
import { DetailsDialog } from "./DetailsDialog";
import { RemoveSongDialog } from "./RemoveSongDialog";

const close = () => songDialogs.close();

/** The dialog about songs that some page asked for, if there is one. */
export function SongDialogs() {
  const dialog = useSongDialog();
  if (dialog === null) return null;
  if (dialog.kind === "addToPlaylist") {
    const { songs, onAdded } = dialog;
    return <AddToPlaylistDialog songs={songs} onClose={close} onAdded={() => onAdded?.()} />;
  }
  if (dialog.kind === "details") return <DetailsDialog song={dialog.song} onClose={close} />;
  return dialog.kind === "remove" ? <RemoveSongDialog song={dialog.song} onClose={close} /> : null;
}
