import { ApiError } from "@/api/error";
import type { PlaybackState } from "@/api/types";

import { type RemoteState, wholeState } from "./server";

/** Whether the server will never take what was sent, however often it is asked. */
export function refused(cause: unknown): boolean {
  return cause instanceof ApiError && [400, 403, 404, 413].includes(cause.status);
}

/** The state that a conflict carries. */
export function stateOf(cause: unknown): RemoteState | null {
  if (!(cause instanceof ApiError) || cause.status !== 409) return null;
  const { state } = cause;
  if (typeof state !== "object" || state === null || !("revision" in state)) return null;
  return "queue" in state ? wholeState(state as PlaybackState) : (state as RemoteState);
}
