import type { Upload, UploadState } from "./uploadQueue";

type Kind = UploadState<unknown>["kind"];

/** What a list of uploads comes to. */
export interface UploadSums {
  readonly counts: Readonly<Record<Kind, number>>;
  /** Bytes that are or were to be sent; skipped and cancelled files do not count. */
  readonly total: number;
  readonly sent: number;
  /** Bytes of files that are not held. */
  readonly left: number;
}

export function sumUploads(uploads: readonly Upload<unknown>[]): UploadSums {
  const counts = {
    ...{ waiting: 0, reading: 0, cancelled: 0, skipped: 0, sending: 0 },
    ...{ paused: 0, done: 0, duplicate: 0, refused: 0 },
  };
  let [total, sent, left] = [0, 0, 0];
  for (const { file, state } of uploads) {
    counts[state.kind] += 1;
    if (state.kind === "skipped" || state.kind === "cancelled") continue;
    const share = shareOf(state);
    total += file.size;
    sent += file.size * share;
    if (state.kind !== "paused") left += file.size * (1 - share);
  }
  return { counts, total, sent, left };
}

/** How much of a file has been sent, 0 to 1. */
export function shareOf(state: UploadState<unknown>): number {
  if (state.kind === "sending" || state.kind === "paused") return state.share;
  return state.kind === "waiting" ? 0 : 1;
}
