import { songDialogs, useSongDialog } from "@/hooks/songDialogs";

import { MergeDialog } from "./MergeDialog";
import { SplitArtistDialog } from "./SplitArtistDialog";
import { TagEditor } from "./TagEditor";

const close = () => songDialogs.close();

/** The dialog that changes songs, albums or artists which some page asked for, if there is one. */
export function EditorDialogs() {
  const dialog = useSongDialog();
  if (dialog?.kind === "edit") return <TagEditor songs={dialog.songs} onClose={close} />;
  if (dialog?.kind === "mergeArtist")
    return <MergeDialog kind="artist" from={dialog.artist} onClose={close} />;
  if (dialog?.kind === "mergeAlbum") return <MergeDialog kind="album" from={dialog.album} onClose={close} />;
  if (dialog?.kind === "splitArtist") return <SplitArtistDialog artist={dialog.artist} onClose={close} />;
  return null;
}
