import { useSyncExternalStore } from "react";

import type { Song } from "@/api/types";
import { SongUploads } from "@/api/uploads";
import { type Trouble, type Upload, UploadQueue } from "@/lib/uploadQueue";

export const songUploads = new SongUploads();

/** The page's uploads. They go on while one visits other pages. */
export const uploads = new UploadQueue<Song>({ send: songUploads.send, forget: songUploads.forget });

export type SongUpload = Upload<Song>;

const subscribe = (changed: () => void) => uploads.subscribe(changed);

/** Whether what is added from now on is for oneself alone. */
export function usePrivateUploads(): boolean {
  return useSyncExternalStore(subscribe, () => uploads.isPrivate());
}

/** The shared library that what is added from now on goes to; null is the first one. */
export function useUploadLibrary(): number | null {
  return useSyncExternalStore(
    (changed) => uploads.subscribe(changed),
    () => uploads.libraryId(),
  );
}

export function useUploads(): readonly SongUpload[] {
  return useSyncExternalStore(subscribe, () => uploads.list());
}

/** Why nothing moves just now, if something is wrong. */
export function useUploadTrouble(): Trouble | null {
  return useSyncExternalStore(subscribe, () => uploads.troubled());
}
