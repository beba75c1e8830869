import { useSyncExternalStore } from "react";

import type { Song } from "@/api/types";
import { uploadSong } from "@/api/uploads";
import { type Upload, UploadQueue } from "@/lib/uploadQueue";

/** The page's uploads. They go on while one visits other pages. */
export const uploads = new UploadQueue<Song>(uploadSong);

export type SongUpload = Upload<Song>;

/** Whether what is added from now on is for oneself alone. */
export function usePrivateUploads(): boolean {
  return useSyncExternalStore(
    (changed) => uploads.subscribe(changed),
    () => uploads.isPrivate(),
  );
}

/** The shared library that what is added from now on goes to; null is the first one. */
export function useUploadLibrary(): number | null {
  return useSyncExternalStore(
    (changed) => uploads.subscribe(changed),
    () => uploads.libraryId(),
  );
}

export function useUploads(): readonly SongUpload[] {
  return useSyncExternalStore(
    (changed) => uploads.subscribe(changed),
    () => uploads.list(),
  );
}
