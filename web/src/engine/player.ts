import { clamp } from "@/lib/clamp";
import { Emitter, type Unsubscribe } from "@/lib/emitter";
import type { PositionSource } from "@/lib/positionSource";
import type { Storage } from "@/lib/storage";

import { ListeningMeter } from "./listening";
import * as queues from "./queue";
import type { PlayerNotice, PlayerSnapshot } from "./snapshot";
import type { About, Engine, EngineState, FailureReason, Position, Track, Vibe } from "./types";

/** A position that is off by less goes on as it is rather than jump. */
const FOLLOW_SECONDS = 0.5;
/** "Previous" goes back to the start of a song that has played longer than this. */
const RESTART_AFTER_SECONDS = 3;
/** Songs that may fail one after the other before the player stops trying. */
const MOST_FAILURES = 5;
const DEFAULT_VOLUME = 0.8;

type PlayerEvents = {
  changed: undefined;
  moved: undefined;
  notice: PlayerNotice;
  listened: { track: Track; seconds: number };
  held: undefined;
};

export interface PlayerOptions {
  readonly engine: Engine;
  readonly storage: Storage;
  readonly random?: queues.Random;
  readonly now?: () => number;
}

/** Ties the queue to the engine. All commands of the interface, keys and lock screens end here. */
export class Player {
  private readonly events = new Emitter<PlayerEvents>();
  private readonly engine: Engine;
  private readonly storage: Storage;
  private readonly random: queues.Random;
  private readonly now: () => number;
  private current: PlayerSnapshot;
  private meter: ListeningMeter | null = null;
  private failuresInARow = 0;
  /** Nothing follows the current song by itself. */
  private holds = false;
  /** 0 to 1: what is left of the volume while it fades. */
  private fade = 1;

  constructor({ engine, storage, random = Math.random, now = () => performance.now() }: PlayerOptions) {
    this.engine = engine;
    this.storage = storage;
    this.random = random;
    this.now = now;
    const kept = Number.parseFloat(storage.read("volume") ?? "");
    this.current = {
      track: null,
      queue: queues.emptyQueue,
      state: engine.state(),
      wantsToPlay: false,
      duration: 0,
      volume: Number.isFinite(kept) ? clamp(kept, 0, 1) : DEFAULT_VOLUME,
      muted: storage.read("muted") === "yes",
      vibe: { speed: 1, pitch: 0 },
    };
    this.applyVolume();
    this.listenToEngine();
  }

  snapshot(): PlayerSnapshot {
    return this.current;
  }

  subscribe(listener: () => void): Unsubscribe {
    return this.events.on("changed", listener);
  }

  onNotice(listener: (notice: PlayerNotice) => void): Unsubscribe {
    return this.events.on("notice", listener);
  }

  /** Called once for each time a song was heard enough to count. */
  onListened(listener: (heard: { track: Track; seconds: number }) => void): Unsubscribe {
    return this.events.on("listened", listener);
  }

  /** Called when playback stopped behind a song because it was held. */
  onHeld(listener: () => void): Unsubscribe {
    return this.events.on("held", listener);
  }

  /** Where playback stands right now, for drawings. */
  readonly positionSource: PositionSource = {
    read: () => this.seconds(),
    running: () => this.current.state.kind === "playing",
    subscribe: (listener) => this.events.on("moved", listener),
  };

  /** Replaces the queue and plays from one of its tracks, or from some seconds into it. */
  playTracks(tracks: readonly Track[], start = 0, seconds = 0): void {
    this.enter(queues.replaceAll(this.current.queue, tracks, start, this.random), true, seconds);
  }

  /** Stands where another device has come to. A song that is loaded already goes on without a break. */
  follow(queue: queues.Queue, seconds: number, playing: boolean): void {
    const after = queues.currentEntry(queue);
    if (after === null) return this.reset();
    if (this.current.track?.id !== after.track.id) return this.enter(queue, playing, seconds);
    this.update({ queue });
    this.prepareNext();
    if (Math.abs(this.seconds() - seconds) > FOLLOW_SECONDS) this.engine.seek(seconds);
    if (playing && !this.current.wantsToPlay) this.play();
    if (!playing && this.current.wantsToPlay) this.pause();
  }

  /** Gives places of the queue other keys, by their old ones. */
  rekey(keys: ReadonlyMap<number, number>): void {
    if (keys.size > 0) this.update({ queue: queues.rekey(this.current.queue, keys) });
  }

  /** Replaces the queue and plays it in a random order. */
  shuffleTracks(tracks: readonly Track[]): void {
    const start = Math.floor(this.random() * tracks.length);
    const queue = queues.replaceAll(this.current.queue, tracks, start, this.random);
    this.enter(queue.unshuffled === null ? queues.shuffle(queue, this.random) : queue, true);
  }

  playNext(tracks: readonly Track[]): void {
    this.arrange(queues.playNext(this.current.queue, tracks));
  }

  append(tracks: readonly Track[]): void {
    this.arrange(queues.append(this.current.queue, tracks));
  }

  /** Plays an entry of the queue. */
  jumpTo(key: number): void {
    this.enter(queues.jumpTo(this.current.queue, key), true);
  }

  remove(key: number): void {
    this.arrange(queues.remove(this.current.queue, key));
  }

  /** Takes several entries out of the queue at once. */
  removeAll(keys: ReadonlySet<number>): void {
    this.arrange(queues.removeAll(this.current.queue, keys));
  }

  move(key: number, to: number): void {
    this.arrange(queues.move(this.current.queue, key, to));
  }

  /** Moves several entries, in their order, to a place among the others. */
  moveAll(keys: ReadonlySet<number>, to: number): void {
    this.arrange(queues.moveAll(this.current.queue, keys, to));
  }

  clearUpcoming(): void {
    this.arrange(queues.clearUpcoming(this.current.queue));
  }

  /** Stops and forgets everything, for example at sign-out. */
  reset(): void {
    this.engine.unload();
    this.meter = null;
    const { repeat, nextKey } = this.current.queue;
    const queue = { ...queues.emptyQueue, repeat, nextKey };
    this.update({ track: null, queue, wantsToPlay: false, duration: 0 });
  }

  toggleShuffle(): void {
    const { queue } = this.current;
    this.arrange(queue.unshuffled === null ? queues.shuffle(queue, this.random) : queues.unshuffle(queue));
  }

  /** off -> all -> one -> off */
  cycleRepeat(): void {
    const order: Record<queues.Repeat, queues.Repeat> = { off: "all", all: "one", one: "off" };
    this.arrange(queues.setRepeat(this.current.queue, order[this.current.queue.repeat]));
  }

  play(): void {
    if (this.current.track === null) return;
    this.failuresInARow = 0;
    this.update({ wantsToPlay: true });
    this.engine.play();
  }

  pause(): void {
    this.update({ wantsToPlay: false });
    this.engine.pause();
  }

  /** Stops when the current song ends, ready to go on with the one that follows it. */
  holdAfterCurrent(on: boolean): void {
    if (this.holds === on) return;
    this.holds = on;
    this.prepareNext();
  }

  /** Plays at this share of the volume, which itself stays as it is. */
  fadeTo(share: number): void {
    this.fade = clamp(share, 0, 1);
    this.applyVolume();
  }

  toggle(): void {
    const stuck = this.current.state.kind === "blocked" || this.current.state.kind === "error";
    if (this.current.wantsToPlay && !stuck) this.pause();
    else this.play();
  }

  next(): void {
    const entry = queues.following(this.current.queue);
    if (entry !== null) this.enter(queues.jumpTo(this.current.queue, entry.key), this.current.wantsToPlay);
  }

  previous(): void {
    const entry = queues.preceding(this.current.queue);
    if (entry === null || this.seconds() > RESTART_AFTER_SECONDS) this.seek(0);
    else this.enter(queues.jumpTo(this.current.queue, entry.key), this.current.wantsToPlay);
  }

  seek(seconds: number): void {
    if (this.current.track !== null) this.engine.seek(clamp(seconds, 0, this.current.duration));
  }

  seekBy(seconds: number): void {
    this.seek(this.seconds() + seconds);
  }

  setVolume(level: number): void {
    const volume = clamp(level, 0, 1);
    this.storage.write("volume", volume.toFixed(2));
    this.storage.write("muted", null);
    this.update({ volume, muted: false });
    this.applyVolume();
  }

  /** Takes over the volume that was set on another device; it is not this one's own. */
  followVolume(volume: number): void {
    if (volume === this.current.volume) return;
    this.update({ volume });
    this.applyVolume();
  }

  toggleMute(): void {
    const muted = !this.current.muted;
    this.storage.write("muted", muted ? "yes" : null);
    this.update({ muted });
    this.applyVolume();
  }

  /** Bends what plays, and what follows, until it is told otherwise. */
  setVibe(vibe: Vibe): void {
    this.engine.setVibe(vibe);
    this.update({ vibe });
  }

  /** Seconds by which a song and the next one overlap; 0 joins them. */
  setCrossfade(seconds: number): void {
    this.engine.setCrossfade(seconds);
  }

  /** What plays now and what can be asked of it; "changed" is told when it is another one. */
  about(): About {
    return this.engine.about();
  }

  /** Takes over what changed about a song, for example a like, wherever it stands in the queue. */
  updateTrack(trackId: number, change: Partial<Track>): void {
    const queue = queues.updateTrack(this.current.queue, trackId, change);
    this.update({ queue, track: queues.currentEntry(queue)?.track ?? null });
  }

  dispose(): void {
    this.engine.dispose();
    this.events.clear();
  }

  private listenToEngine(): void {
    this.engine.on("state", (state) => this.stateChanged(state));
    this.engine.on("duration", (duration) => this.update({ duration }));
    this.engine.on("progress", (position) => this.meter?.progress(position));
    this.engine.on("seeked", (position) => this.jumped(position));
    this.engine.on("advanced", () => this.advanced());
    this.engine.on("ended", () => this.ended());
    this.engine.on("about", () => this.update({}));
  }

  private stateChanged(state: EngineState): void {
    if (state.kind === "playing") this.failuresInARow = 0;
    else this.meter?.pause();
    const stopped = state.kind === "paused" || state.kind === "blocked";
    // What was held up by the browser may go on by itself: after a call, for example.
    const goesOn = state.kind === "playing";
    this.update(stopped || goesOn ? { state, wantsToPlay: goesOn } : { state });
    this.events.emit("moved", undefined);
    if (state.kind === "error") this.failed(state.reason);
  }

  private jumped(position: Position): void {
    this.meter?.jump(position);
    this.events.emit("moved", undefined);
    this.events.emit("changed", undefined);
  }

  private advanced(): void {
    const entry = queues.followingByItself(this.current.queue);
    if (entry === null) return;
    this.show(queues.jumpTo(this.current.queue, entry.key), true);
    this.prepareNext();
  }

  /** The end of the queue: stand at its start, silent, ready to be played again. Held: at what follows. */
  private ended(): void {
    const held = this.holds;
    this.holds = false;
    const { queue } = this.current;
    const next = (held ? queues.followingByItself(queue) : null) ?? queue.entries[0];
    if (next !== undefined) this.enter(queues.jumpTo(queue, next.key), false);
    if (held) this.events.emit("held", undefined);
  }

  private failed(reason: FailureReason): void {
    const { track, queue, wantsToPlay } = this.current;
    if (track === null) return;
    this.failuresInARow += 1;
    const next = queues.following(queue);
    const givesUp = next === null || !wantsToPlay || this.failuresInARow >= MOST_FAILURES;
    this.events.emit("notice", { kind: givesUp ? "gaveUp" : "skipped", track, reason });
    if (givesUp) this.update({ wantsToPlay: false });
    else this.enter(queues.jumpTo(queue, next.key), true);
  }

  /** Makes the queue's current entry the loaded one. */
  private enter(queue: queues.Queue, autoplay: boolean, position = 0): void {
    const entry = queues.currentEntry(queue);
    if (entry === null) return this.reset();
    this.show(queue, autoplay);
    this.engine.load(entry.track, position > 0 ? { autoplay, position } : { autoplay });
    this.prepareNext();
  }

  private show(queue: queues.Queue, wantsToPlay: boolean): void {
    const track = queues.currentEntry(queue)?.track ?? null;
    this.meter = track === null ? null : this.meterFor(track);
    this.update({ queue, track, wantsToPlay, duration: track?.duration ?? 0 });
  }

  private meterFor(track: Track): ListeningMeter {
    return new ListeningMeter(
      () => this.current.duration,
      (seconds) => this.events.emit("listened", { track, seconds }),
    );
  }

  /** Takes a changed queue; the song goes on unless it was taken out. */
  private arrange(queue: queues.Queue): void {
    const before = queues.currentEntry(this.current.queue);
    const after = queues.currentEntry(queue);
    if (before?.key === after?.key) {
      this.update({ queue });
      this.prepareNext();
    } else this.enter(queue, this.current.wantsToPlay);
  }

  private prepareNext(): void {
    const next = this.holds ? null : queues.followingByItself(this.current.queue);
    this.engine.setNext(next?.track ?? null);
  }

  private seconds(): number {
    const { seconds, at, rate = 1 } = this.engine.position();
    const running = this.current.state.kind === "playing";
    return clamp(
      running ? seconds + ((this.now() - at) / 1000) * rate : seconds,
      0,
      Math.max(this.current.duration, seconds),
    );
  }

  private applyVolume(): void {
    this.engine.setVolume(this.current.muted ? 0 : this.current.volume * this.fade);
  }

  private update(change: Partial<PlayerSnapshot>): void {
    this.current = { ...this.current, ...change };
    this.events.emit("changed", undefined);
  }
}
