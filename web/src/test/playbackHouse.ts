import { ApiError } from "@/api/error";
import type { PlaybackChange, PlaybackNow, QueueApplied } from "@/api/types";
import { edited, type QueueEdit } from "@/app/follow/queueEdits";
import { type PlaybackNews, type PlaybackServer, type WholeState, wholeState } from "@/app/follow/server";

import { omit } from "@/lib/omit";

import { freshPlayback, song } from "./samples";

/** A server that keeps one playback state as docs/realtime.md says, and tells all who listen. Song 404 is gone. */
export class PlaybackHouse {
  state: WholeState;
  readonly writes: PlaybackChange[] = [];
  readonly edits: QueueEdit[] = [];
  readonly online = new Set<string>();
  readonly songsAsked: number[] = [];
  /** Whether no request gets through. */
  away = false;
  /** A song that this server does not let anybody play. */
  refused = 0;
  private nextEntry = 1000;
  private readonly listeners = new Set<(news: PlaybackNews) => void>();

  constructor(kept: Partial<WholeState> = {}) {
    this.state = { ...wholeState(freshPlayback), ...kept };
  }

  listen(hear: (news: PlaybackNews) => void): () => void {
    this.listeners.add(hear);
    return () => this.listeners.delete(hear);
  }

  /** What a device asks of this server. */
  door(): PlaybackServer {
    const answer = async <T>(make: () => T): Promise<T> => {
      await Promise.resolve();
      if (this.away) throw new TypeError("Failed to fetch");
      return make();
    };
    return {
      read: () => answer(() => this.snapshot()),
      write: (change) => answer(() => this.write(change)),
      report: (deviceId, revision, position) => answer(() => this.report(deviceId, revision, position)),
      edit: (deviceId, edits) => answer(() => this.edit(deviceId, edits)),
      songs: (ids) => {
        this.songsAsked.push(...ids);
        return answer(() => ids.filter((id) => id !== 404).map((id) => song(id)));
      },
      online: (deviceId) => answer(() => this.online.has(deviceId)),
    };
  }

  transfer(to: string): void {
    this.state = { ...this.state, revision: this.state.revision + 1, writtenBy: null };
    this.state = { ...this.state, transfer: { to, id: `t${this.state.revision}`, at: this.time() } };
    this.tell({});
  }

  write(change: PlaybackChange): WholeState {
    this.writes.push(change);
    const { revision, deviceId, queue, currentEntryId, ...rest } = change;
    if (revision !== undefined && revision !== this.state.revision) this.refuse("stale_revision");
    const before = this.carried();
    const next = { ...before, ...(rest as Partial<WholeState>), revision: before.revision + 1 };
    this.state = { ...next, writtenBy: deviceId ?? null, updatedAt: this.time() };
    if (change.position !== undefined || change.isPlaying !== undefined)
      this.state = { ...this.state, positionAt: this.time() };
    if (change.activeDeviceId !== undefined) this.state = { ...this.state, transfer: null };
    if (queue !== undefined) {
      const numbered = queue.map(({ songId, entryId }) => ({ songId, entryId: entryId ?? this.nextEntry++ }));
      this.state = { ...this.state, queue: numbered, queueRevision: this.state.revision };
    }
    if (currentEntryId !== undefined) {
      const at = this.state.queue.findIndex(({ entryId }) => entryId === currentEntryId);
      this.state = { ...this.state, queueIndex: at === -1 ? null : at };
    }
    this.tell({});
    return this.snapshot();
  }

  private report(deviceId: string, revision: number, position: number): PlaybackNow {
    if (revision !== this.state.revision) this.refuse("stale_revision");
    if (deviceId !== this.state.activeDeviceId) this.refuse("not_active");
    this.state = { ...this.state, position, positionAt: this.time() };
    this.tell({});
    return this.snapshot();
  }

  private edit(deviceId: string, edits: readonly QueueEdit[]): PlaybackNews {
    if (edits.some((edit) => edit.op === "insert" && edit.songIds.includes(this.refused))) {
      throw new ApiError(400, "validation_failed", "Song not found");
    }
    this.edits.push(...edits);
    const editsFrom = this.state.queueRevision;
    const current = this.state.queue[this.state.queueIndex ?? -1]?.entryId;
    const applied = edits.map((edit): QueueApplied => {
      const { op } = edit;
      if (op === "remove") return { op, entryIds: edit.entryIds };
      const before = edit.beforeEntryId === null ? {} : { beforeEntryId: edit.beforeEntryId };
      if (op === "move") return { op, entryIds: edit.entryIds, ...before };
      return { op, items: edit.songIds.map((songId) => ({ songId, entryId: this.nextEntry++ })), ...before };
    });
    const queue = edited(this.state.queue, applied);
    const at = queue.findIndex(({ entryId }) => entryId === current);
    const revision = this.state.revision + 1;
    this.state = {
      ...this.state,
      queue,
      queueIndex: at === -1 ? null : at,
      revision,
      queueRevision: revision,
      writtenBy: deviceId,
    };
    const news = { edits: applied, editsFrom };
    this.tell(news);
    return { state: withoutQueue(this.snapshot()), ...news };
  }

  private carried(): WholeState {
    const { isPlaying, positionAt, position } = this.state;
    const age = isPlaying && positionAt !== null ? Date.now() - Date.parse(positionAt) : 0;
    return {
      ...this.state,
      position: position + age,
      ...(positionAt !== null && { positionAt: this.time() }),
    };
  }

  /** What a connection begins with. */
  snapshot(): WholeState {
    const { queue, queueIndex } = this.state;
    return {
      ...this.state,
      serverTime: this.time(),
      currentEntryId: queue[queueIndex ?? -1]?.entryId ?? null,
    };
  }

  private refuse(code: string): never {
    throw new ApiError(409, code, "Changed meanwhile", [], null, this.snapshot());
  }

  private tell(news: Omit<PlaybackNews, "state">): void {
    const state = withoutQueue(this.snapshot());
    for (const hear of this.listeners) queueMicrotask(() => hear({ state, ...news }));
  }

  private time(): string {
    return new Date(Date.now()).toISOString();
  }
}

function withoutQueue(state: WholeState): PlaybackNow {
  return omit(state, "queue");
}
