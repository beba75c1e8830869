import { ApiError } from "@/api/error";
import type { PlaybackChange, PlaybackState, Song } from "@/api/types";
import type { Player, PlayerSnapshot } from "@/engine/player";
import type { Unsubscribe } from "@/lib/emitter";
import { toTrack } from "@/hooks/tracks";

/** What the keeper needs of the server. */
export interface PlaybackStore {
  read(): Promise<PlaybackState>;
  write(change: PlaybackChange, keepalive: boolean): Promise<PlaybackState>;
  /** The songs that are still there; any number of ids. */
  songs(ids: readonly number[]): Promise<Song[]>;
}

/** Changes are saved when nothing happened for this long. */
const REST_MS = 2000;
/** A request that outlives its page may carry 64 kB. */
const MOST_KEPT_ALIVE = 60_000;

/** Brings the queue of the last visit back, and keeps what plays now on the server. The player knows nothing of it. */
export class PlaybackKeeper {
  private revision: number | undefined;
  private saved: PlayerSnapshot["queue"]["entries"] | null = null;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private detach: Unsubscribe[] = [];
  private running = false;
  private writing: Promise<void> = Promise.resolve();

  constructor(
    private readonly player: Player,
    private readonly store: PlaybackStore,
  ) {}

  /** Restores, then saves every change until stop. Without an answer at the start nothing is restored. */
  async start(): Promise<void> {
    this.running = true;
    const kept = await this.store.read().catch(() => null);
    if (!this.running) return;
    this.revision = kept?.revision;
    if (kept !== null && this.idle()) await this.restore(kept);
    if (!this.running) return;
    let before = this.player.snapshot();
    this.detach = [
      this.player.subscribe(() => {
        const now = this.player.snapshot();
        if (worthSaving(before, now)) this.saveSoon();
        before = now;
      }),
      this.player.positionSource.subscribe(() => this.saveSoon()),
    ];
  }

  /** Ends without saving: what follows belongs to somebody else, or to nobody. */
  stop(): void {
    this.running = false;
    clearTimeout(this.timer);
    this.timer = undefined;
    for (const detach of this.detach) detach();
    this.detach = [];
  }

  /** The page goes away: saves now, if anything is to be saved. */
  flush(): void {
    const moving = this.player.positionSource.running();
    if (!this.running || (this.timer === undefined && !moving)) return;
    void this.save(true);
  }

  private idle(): boolean {
    return this.player.snapshot().track === null;
  }

  private async restore({ queue, queueIndex, position, repeat, shuffle }: PlaybackState): Promise<void> {
    if (queue.length === 0) return;
    const index = queueIndex ?? 0;
    const songs = await this.fetchSongs(queue.map(({ songId }) => songId));
    // Whoever pressed play meanwhile knows better.
    if (!this.running || !this.idle()) return;
    const found = songs.flatMap((song, at) => (song?.missing === false ? [{ song, at }] : []));
    if (found.length === 0) return;
    const place = found.findIndex(({ at }) => at >= index);
    const current = place === -1 ? found.length - 1 : place;
    this.player.restore({
      tracks: found.map(({ song }) => toTrack(song)),
      index: current,
      seconds: found[current]?.at === index ? position / 1000 : 0,
      repeat,
      shuffled: shuffle,
    });
    const whole = found.length === queue.length;
    this.saved = whole ? this.player.snapshot().queue.entries : null;
  }

  /** One answer for each id, undefined for a song that is gone; none at all when the server does not answer. */
  private async fetchSongs(ids: readonly number[]): Promise<(Song | undefined)[]> {
    const songs = await this.store.songs([...new Set(ids)]).catch(() => []);
    const byId = new Map(songs.map((song) => [song.id, song]));
    return ids.map((id) => byId.get(id));
  }

  private saveSoon(): void {
    clearTimeout(this.timer);
    this.timer = this.idle() ? undefined : setTimeout(() => void this.save(false), REST_MS);
  }

  /** One write at a time, so that each knows the revision of the one before. */
  private save(keepalive: boolean): Promise<void> {
    clearTimeout(this.timer);
    this.timer = undefined;
    this.writing = keepalive ? this.write(true) : this.writing.then(() => this.write(false));
    return this.writing;
  }

  private async write(keepalive: boolean): Promise<void> {
    if (!this.running || this.idle()) return;
    const { entries } = this.player.snapshot().queue;
    const change = this.change(keepalive);
    try {
      await this.writeOnce(change, keepalive);
    } catch (cause) {
      if (!(cause instanceof ApiError) || cause.status !== 409) return;
      // Another device wrote meanwhile. What this one plays now is newer.
      this.revision = revisionOf(cause.state) ?? this.revision;
      await this.writeOnce(change, keepalive).catch(() => undefined);
      return;
    }
    if (change.queue !== undefined) this.saved = entries;
  }

  private async writeOnce(change: PlaybackChange, keepalive: boolean): Promise<void> {
    const revision = this.revision === undefined ? {} : { revision: this.revision };
    this.revision = (await this.store.write({ ...change, ...revision }, keepalive)).revision;
  }

  /** Everything small, and the queue if it is another one than the server has. */
  private change(keepalive: boolean): PlaybackChange {
    const { track, queue, wantsToPlay } = this.player.snapshot();
    const change: PlaybackChange = {
      currentSongId: track?.id ?? null,
      position: Math.round(this.player.positionSource.read() * 1000),
      isPlaying: wantsToPlay,
      repeat: queue.repeat,
      shuffle: queue.unshuffled !== null,
    };
    const whole = {
      ...change,
      queue: queue.entries.map(({ key, track: { id } }) => ({ songId: id, entryId: key })),
      queueIndex: queue.index,
    };
    if (queue.entries === this.saved) return { ...change, queueIndex: queue.index };
    return keepalive && JSON.stringify(whole).length > MOST_KEPT_ALIVE ? change : whole;
  }
}

/** Whether it is another song, another order, or a stop; time alone is not. */
function worthSaving(before: PlayerSnapshot, now: PlayerSnapshot): boolean {
  return before.queue !== now.queue || before.wantsToPlay !== now.wantsToPlay;
}

function revisionOf(state: unknown): number | undefined {
  if (typeof state !== "object" || state === null || !("revision" in state)) return undefined;
  return typeof state.revision === "number" ? state.revision : undefined;
}
