import type { PlaybackChange, PlaybackNow, PlaybackState, QueueApplied, Song } from "@/api/types";

import type { Place, QueueEdit } from "./queueEdits";

/** A state as it is read, or heard: what is heard leaves the queue out. */
export type RemoteState = PlaybackNow & { readonly queue?: readonly Place[] };
/** A state with its queue. */
export type WholeState = PlaybackNow & { readonly queue: readonly Place[] };

/** The answer of the API; there every place of a queue that is read has an id. */
export function wholeState(state: PlaybackState): WholeState {
  return { ...state, queue: state.queue.map(({ songId, entryId }) => ({ songId, entryId: entryId ?? 0 })) };
}

/** What the server tells of a change. The edits lead from the queue at that revision to the state's. */
export interface PlaybackNews {
  readonly state: RemoteState;
  readonly edits?: readonly QueueApplied[];
  readonly editsFrom?: number;
}

/** What following needs of the server. */
export interface PlaybackServer {
  read(): Promise<WholeState>;
  /** With keepalive it also arrives when the page goes away meanwhile. */
  write(change: PlaybackChange, keepalive: boolean): Promise<WholeState>;
  /** Tells how far the active device is, in milliseconds. */
  report(deviceId: string, revision: number, position: number): Promise<PlaybackNow>;
  edit(deviceId: string, edits: readonly QueueEdit[]): Promise<PlaybackNews>;
  /** The songs that are still there; any number of ids. */
  songs(ids: readonly number[]): Promise<Song[]>;
  /** Whether a device is connected now. */
  online(deviceId: string): Promise<boolean>;
}
