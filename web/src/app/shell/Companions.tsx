import { usePlayerCommands } from "@/hooks/PlayerContext";
import { useSleepTimer } from "@/hooks/sleepTimer";
import { useCrossfade } from "@/hooks/soundSettings";
import { useSongVibes } from "@/hooks/songVibes";

import { AlbumMenuHost } from "../AlbumMenuHost";
import { ConfirmHost } from "../ConfirmHost";
import { useFollower } from "../follow/useFollower";
import { usePlayerNotices } from "../usePlayerNotices";
import { useUploadNotices } from "../useUploadNotices";
import { DropTarget } from "./DropTarget";

/** What goes on beside the pages and shows nothing at first. It comes after them, so that they come sooner. */
export function Companions() {
  useFollower();
  usePlayerNotices(usePlayerCommands());
  useUploadNotices();
  useSleepTimer();
  useSongVibes();
  useCrossfade();
  return (
    <>
      <AlbumMenuHost />
      <DropTarget />
      <ConfirmHost />
    </>
  );
}
