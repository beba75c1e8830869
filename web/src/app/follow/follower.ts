import type { Player } from "@/engine/player";
import type { Engine } from "@/engine/types";
import { takeOver } from "@/engine/queue";
import type { Unsubscribe } from "@/lib/emitter";

import { Arrival } from "./arrival";
import { numbered, type Place } from "./queueEdits";
import { refused, stateOf } from "./refusal";
import { queueOf, secondsNow } from "./remote";
import { type PlaybackNews, type PlaybackServer, type RemoteState, type WholeState } from "./server";
import { nothingShared, type Outgoing, outgoing, type Shared, told } from "./shared";
import { SongBook } from "./songBook";
import { currentKey, placesOf, sameOrder, type Standing, standingOf } from "./standing";

/** What is done in the same moment goes out together. */
const TOGETHER_MS = 80;
/** How often it is looked whether the music still is where the others take it to be. */
const LOOK_MS = 10_000;
/** A device that is not connected for so long is taken to play no more. */
const GONE_MS = 10_000;
/** A request that outlives its page may carry 64 kB. */
const MOST_KEPT_ALIVE = 60_000;

/** What a write may have without that anybody did anything. */
const NO_DEED: ReadonlySet<string> = new Set(["position", "revision", "deviceId"]);

/** Decides whether the music sounds here. */
export interface Output {
  sounds(): boolean;
  setSounding(sounds: boolean): void;
  /** Gives it what follows silently, once; before that it always sounds. */
  setSilent(engine: Engine): void;
  /** Calls back when a song went over into the next one, or ended, by itself. */
  onWentOn(listener: () => void): Unsubscribe;
  /** Calls back when the music began, or ceased, to sound here. */
  onSwitched(listener: () => void): Unsubscribe;
}

export interface FollowerOptions {
  readonly player: Player;
  readonly output: Output;
  readonly server: PlaybackServer;
  readonly deviceId: string;
  /** performance.now() milliseconds. */
  readonly now?: () => number;
}

/**
 * Keeps this device and the one playback state of its listener in step. What is done here is written; what others
 * write is done here, with sound if this is the active device, else silently. The player knows nothing of it.
 */
export class Follower {
  private readonly player: Player;
  private readonly output: Output;
  private readonly server: PlaybackServer;
  private readonly deviceId: string;
  private readonly now: () => number;
  private readonly book: SongBook;
  private readonly arrival: Arrival;
  private shared: Shared = nothingShared;
  private lastTransfer: string | null = null;
  private gone: ReturnType<typeof setTimeout> | undefined;
  private detach: Unsubscribe[] = [];
  private timer: ReturnType<typeof setTimeout> | undefined;
  /** The music was brought here, playing or not. */
  private claims = false;
  private running = false;
  private started = false;
  /** One thing after the other, so that each knows the revision of the one before. */
  private turn: Promise<void> = Promise.resolve();

  constructor({ player, output, server, deviceId, now = () => performance.now() }: FollowerOptions) {
    this.player = player;
    this.output = output;
    this.server = server;
    this.deviceId = deviceId;
    this.now = now;
    this.book = new SongBook((ids) => server.songs(ids));
    this.arrival = new Arrival(
      player,
      now,
      () => (this.claims = true),
      () => this.turnedAway(),
    );
  }

  /** Stands where the last visit, or another device, has come to; then follows until stop. */
  async start(): Promise<void> {
    this.running = true;
    const state = await this.server.read().catch(() => null);
    const heardAt = this.now();
    if (state !== null && this.running) await this.begin(state, heardAt).catch(() => undefined);
    if (!this.running) return;
    this.started = true;
    const look = setInterval(() => this.saveSoon(), LOOK_MS);
    this.detach = [
      this.player.subscribe(() => this.saveSoon()),
      this.player.positionSource.subscribe(() => this.saveSoon()),
      this.output.onWentOn(() => this.wentOn()),
      () => clearInterval(look),
    ];
    this.saveSoon();
  }

  /** Ends without saving: what follows belongs to somebody else, or to nobody. */
  stop(): void {
    this.running = false;
    clearTimeout(this.timer);
    clearTimeout(this.gone);
    this.arrival.cancel();
    for (const detach of this.detach) detach();
    this.detach = [];
    this.output.setSounding(true);
  }

  /** The server told of a change. */
  hear(news: PlaybackNews): void {
    const heardAt = this.now();
    this.inTurn(() => this.take(news, heardAt));
  }

  /** The server told which devices are connected. When the active one stays away, the music stands where it left. */
  hearOnline(ids: ReadonlySet<string>): void {
    const { active } = this.shared;
    clearTimeout(this.gone);
    if (active === null || active === this.deviceId || ids.has(active)) return;
    const position = Math.round(this.here().seconds * 1000);
    this.gone = setTimeout(() => this.inTurn(() => this.release(active, position)), GONE_MS);
  }

  /** Lets the music sound here, from where it is; the device it sounds on falls silent once it does. */
  playHere(): void {
    if (!this.running) return;
    if (this.output.sounds()) this.claims = true;
    else this.arrival.expect(this.here());
    this.output.setSounding(true);
    this.saveSoon();
  }

  /** The page is put aside, or ends: saves now, if anything is to be saved. */
  flush(ends: boolean): void {
    if (!this.started || !this.running || this.idle()) return;
    const here = this.here();
    const stands = ends && this.output.sounds() ? { ...here, playing: false } : here;
    const { change } = this.outgoing({
      ...stands,
      entries: this.shared.standing.entries.length === 0 ? here.entries : this.shared.standing.entries,
    });
    if (change === null || JSON.stringify(change).length > MOST_KEPT_ALIVE) return;
    void this.server.write(change, true).catch(() => undefined);
  }

  private here(): Standing {
    return standingOf(this.player, this.now());
  }

  private idle(): boolean {
    return this.player.snapshot().track === null;
  }

  private outgoing(here: Standing): Outgoing {
    const claims = this.output.sounds() && (here.playing || this.claims);
    return outgoing(this.shared, here, { deviceId: this.deviceId, claims });
  }

  private inTurn(work: () => Promise<void>): void {
    // A server that does not answer now is asked again at the next look.
    this.turn = this.turn.then(() => (this.running ? work().catch(() => undefined) : undefined));
  }

  private async begin(state: WholeState, heardAt: number): Promise<void> {
    const { activeDeviceId, isPlaying } = state;
    const another = activeDeviceId !== null && activeDeviceId !== this.deviceId && isPlaying;
    const elsewhere = another && (await this.server.online(activeDeviceId).catch(() => false));
    const entries = await this.book.entries(state.queue);
    this.shared = told(this.shared, { state });
    // Whoever pressed play meanwhile knows better.
    if (!this.running || !this.idle()) return;
    this.output.setSounding(!elsewhere);
    this.show({ ...state, isPlaying: elsewhere }, entries, heardAt);
  }

  private async take(news: PlaybackNews, heardAt: number): Promise<void> {
    const { state } = news;
    if (state.revision < (this.shared.revision ?? 0)) return;
    this.answerTransfer(state);
    const echo = state.writtenBy === this.deviceId && state.activeDeviceId === this.shared.active;
    if (echo && this.follows(state)) return this.learn(news);
    // Others took this device to be gone, and it plays on.
    if (state.activeDeviceId === null && this.output.sounds() && this.here().playing) {
      this.learn(news);
      return this.save();
    }
    // What was done here and is not written yet meets the new state when it is.
    await (this.unsaved() ? this.save() : this.adopt(news, heardAt));
  }

  private async release(active: string, position: number): Promise<void> {
    const { revision } = this.shared;
    if (this.shared.active !== active || revision === undefined) return;
    const change = { activeDeviceId: null, isPlaying: false, position, revision, deviceId: this.deviceId };
    const state = await this.server.write(change, false);
    await this.adopt({ state }, this.now());
  }

  /** Whether nothing happened between what is known and the state. */
  private follows({ revision }: RemoteState): boolean {
    return revision <= (this.shared.revision ?? 0) + 1;
  }

  private learn(news: PlaybackNews): void {
    this.shared = told(this.shared, news);
  }

  /** Whether something was done here that nobody knows yet. Time that went by otherwise than expected is no deed. */
  private unsaved(): boolean {
    if (this.idle()) return false;
    const { edits, change } = this.outgoing(this.here());
    const deed = (name: string) => !NO_DEED.has(name) || (name === "position" && !this.output.sounds());
    return edits.length > 0 || Object.keys(change ?? {}).some(deed);
  }

  /** Does what the state says. */
  private async adopt(news: PlaybackNews, heardAt: number): Promise<void> {
    let { state } = news;
    let at = heardAt;
    let shared = told(this.shared, news);
    if (shared.queueRevision !== state.queueRevision) {
      state = await this.server.read();
      at = this.now();
      shared = told(shared, { state });
    }
    const entries = await this.book.entries(shared.places);
    if (!this.running) return;
    this.shared = shared;
    if (state.activeDeviceId === this.deviceId) this.claims = false;
    if (!this.arrival.expected())
      this.output.setSounding([null, this.deviceId].includes(state.activeDeviceId));
    this.show({ ...state, isPlaying: state.isPlaying && state.activeDeviceId !== null }, entries, at);
  }

  private show(state: RemoteState, entries: Standing["entries"], heardAt: number): void {
    if (entries.length > 0) {
      const { queue, moved } = queueOf(state, this.shared.places, entries);
      this.player.follow(queue, moved ? 0 : secondsNow(state, heardAt, this.now()), state.isPlaying);
    }
    if (state.activeDeviceId !== null && state.writtenBy !== this.deviceId)
      this.player.followVolume(state.volume);
    this.shared = { ...this.shared, standing: this.here() };
  }

  private answerTransfer({ transfer }: RemoteState): void {
    if (transfer === null || transfer.id === this.lastTransfer) return;
    this.lastTransfer = transfer.id;
    if (transfer.to === this.deviceId) this.playHere();
  }

  /** The music could not begin here: the device it sounds on keeps it. */
  private turnedAway(): void {
    const { active } = this.shared;
    if (active === null || active === this.deviceId) return;
    this.output.setSounding(false);
    this.shared = { ...this.shared, standing: this.here() };
    this.inTurn(async () => this.adopt({ state: await this.server.read() }, this.now()));
  }

  /** Songs that go over into each other on the active device do so here too: that is not this device's news. */
  private wentOn(): void {
    if (this.output.sounds()) return;
    this.shared = { ...this.shared, standing: { ...this.here(), entries: this.shared.standing.entries } };
  }

  private saveSoon(): void {
    this.timer ??= setTimeout(() => {
      this.timer = undefined;
      this.inTurn(() => this.save());
    }, TOGETHER_MS);
  }

  private async save(): Promise<void> {
    if (this.idle() || !this.arrival.over()) return;
    try {
      await this.sendEdits();
      await this.send();
    } catch (cause) {
      await this.disagree(cause);
    }
  }

  private async sendEdits(): Promise<void> {
    const here = this.here();
    const { edits } = this.outgoing(here);
    if (edits.length === 0) return;
    const { standing } = this.shared;
    const news = await this.server.edit(this.deviceId, edits);
    const keys = numbered(placesOf(standing.entries), placesOf(here.entries), news.edits ?? []);
    const { revision } = this.shared;
    const missed = !this.follows(news.state);
    this.learn(news);
    // A revision that is behind meets what was missed with the next write.
    if (missed) this.shared = { ...this.shared, revision };
    this.renumber(keys, here.entries);
    if (this.shared.queueRevision !== news.state.queueRevision) await this.mergeQueue();
  }

  /** Takes over how the server numbered what came into the queue. */
  private renumber(keys: ReadonlyMap<number, number>, sent: Standing["entries"]): void {
    this.player.rekey(keys);
    const entries = sent.map((entry) => ({ ...entry, key: keys.get(entry.key) ?? entry.key }));
    this.book.note(entries);
    this.shared = { ...this.shared, standing: { ...this.shared.standing, entries } };
  }

  /** Brings what others did to the queue together with what was done here, unless there is more of that already. */
  private async mergeQueue(): Promise<void> {
    const { queue, queueRevision } = await this.server.read();
    const entries = await this.book.entries(queue);
    const here = this.here();
    const index = entries.findIndex(({ key }) => key === currentKey(here));
    if (index === -1 || !sameOrder(here.entries, this.shared.standing.entries)) return;
    this.player.follow(
      takeOver(entries, index, { repeat: here.repeat, shuffled: here.shuffle }),
      here.seconds,
      here.playing,
    );
    this.shared = {
      ...this.shared,
      places: queue,
      queueRevision,
      standing: { ...this.shared.standing, entries },
    };
  }

  private async send(): Promise<void> {
    const here = this.here();
    const { change } = this.outgoing(here);
    if (change === null) return;
    const { position, revision, queue } = change;
    if (this.unsaved() || typeof position !== "number" || revision === undefined) {
      const state = await this.server.write(change, false);
      this.shared = { ...told(this.shared, { state }), standing: here };
      this.claims = false;
      if (queue !== undefined) this.renumber(byPlace(queue, state.queue), here.entries);
    } else if (this.shared.active === this.deviceId) {
      await this.server.report(this.deviceId, revision, position);
      this.shared = { ...this.shared, standing: here };
    }
  }

  /**
   * Another device wrote meanwhile. What was done here is done to the new state, and both are seen here; but not where
   * the music moved away from here, or what stands here is not in the queue any more.
   */
  private async disagree(cause: unknown): Promise<void> {
    if (refused(cause)) return this.adopt({ state: await this.server.read() }, this.now());
    const state = stateOf(cause);
    if (state === null) throw cause;
    const ousted = this.shared.active === this.deviceId && state.activeDeviceId !== this.deviceId;
    const known = { ...told(this.shared, { state }), standing: this.shared.standing };
    const there = known.places.some(({ entryId }) => entryId === currentKey(this.here()));
    if (ousted || !there || !this.unsaved()) return this.adopt({ state }, this.now());
    this.shared = known;
    const { change } = this.outgoing(this.here());
    const after = change === null ? state : await this.server.write(change, false);
    await this.adopt({ state: after }, this.now());
  }
}

/** The ids of a queue that was sent whole, by those of the one that came of it. */
function byPlace(
  sent: readonly { entryId?: number | null }[],
  kept: readonly Place[],
): ReadonlyMap<number, number> {
  return new Map(sent.map(({ entryId }, at) => [entryId ?? 0, kept[at]?.entryId ?? 0]));
}
