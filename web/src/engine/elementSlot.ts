import type { FailureReason, Source, SourceResolver, Track } from "./types";

/** The part of HTMLAudioElement that is used; tests bring their own. */
export type MediaElement = Pick<
  HTMLAudioElement,
  | "src"
  | "currentTime"
  | "duration"
  | "buffered"
  | "volume"
  | "playbackRate"
  | "defaultPlaybackRate"
  | "preload"
  | "paused"
  | "ended"
  | "readyState"
  | "error"
  | "play"
  | "pause"
  | "load"
  | "removeAttribute"
  | "addEventListener"
  | "removeEventListener"
>;

export type SlotEvent =
  | { readonly kind: "metadata" | "playing" | "waiting" | "stopped" | "progress" | "blocked" | "ended" }
  | { readonly kind: "failed"; readonly reason: FailureReason };

const DOM_EVENTS = {
  loadedmetadata: "metadata",
  durationchange: "metadata",
  playing: "playing",
  waiting: "waiting",
  pause: "stopped",
  timeupdate: "progress",
  ended: "ended",
} as const;

const REASONS: Record<number, FailureReason> = { 2: "network", 3: "damaged", 4: "unsupported" };

/** One audio element with the track it holds. It hides that the address and the metadata come later. */
export class ElementSlot {
  track: Track | null = null;
  private generation = 0;
  private wantsToPlay = false;
  private failed = false;
  /** What the element was given; null until it is found. */
  private source: Source | null = null;
  /** How often what was found did not play. */
  private attempt = 0;
  /** Seconds to jump to once the element knows its length. */
  private pendingSeek: number | null = null;
  private readonly detach: (() => void)[] = [];

  constructor(
    private readonly element: MediaElement,
    private readonly resolve: SourceResolver,
    private readonly tell: (slot: ElementSlot, event: SlotEvent) => void,
  ) {
    element.preload = "auto";
    for (const [name, kind] of Object.entries(DOM_EVENTS)) this.listen(name, () => this.heard(kind));
    this.listen("error", () => this.elementFailed());
  }

  fill(track: Track, position: number): void {
    this.empty();
    this.track = track;
    this.find(track, position);
  }

  /** Looks for the track's audio; what was looked for before is forgotten. */
  private find(track: Track, position: number): void {
    this.release();
    this.pendingSeek = position > 0 ? position : null;
    const generation = this.generation;
    this.resolve(track, position, this.attempt).then(
      (source) => generation === this.generation && this.open(source),
      () => generation === this.generation && this.fail("unavailable"),
    );
  }

  /** Takes the audio away from the element. */
  private release(): void {
    this.generation += 1;
    if (this.source === null) return;
    this.source = null;
    this.element.pause();
  }

  empty(): void {
    const held = this.source !== null;
    this.release();
    this.track = null;
    this.wantsToPlay = false;
    this.failed = false;
    this.attempt = 0;
    this.pendingSeek = null;
    if (!held) return;
    this.element.removeAttribute("src");
    this.element.load();
  }

  play(): void {
    this.wantsToPlay = true;
    if (this.source === null) return;
    const generation = this.generation;
    this.element.play().catch((cause: unknown) => {
      if (generation === this.generation) this.refused(cause);
    });
  }

  pause(): void {
    this.wantsToPlay = false;
    if (this.source !== null) this.element.pause();
  }

  seek(seconds: number): void {
    const { track, source } = this;
    if (track !== null && source?.converted === true && !this.holds(source, seconds))
      this.find(track, seconds);
    else if (this.known())
      this.element.currentTime = Math.min(seconds, this.duration() ?? seconds) - (source?.start ?? 0);
    else this.pendingSeek = seconds;
  }

  /** Whether the element can go to a second of converted audio by itself: it has the whole, or has come past it. */
  private holds(source: Source, seconds: number): boolean {
    const at = seconds - source.start;
    if (at < 0 || !this.known()) return false;
    if (Number.isFinite(this.element.duration)) return true;
    const { buffered } = this.element;
    return Array.from({ length: buffered.length }, (_, i) => i).some(
      (i) => at >= buffered.start(i) && at <= buffered.end(i),
    );
  }

  touch(): void {
    if (this.source === null) this.element.load();
  }

  setVolume(amplitude: number): void {
    this.element.volume = amplitude;
  }

  /** The element goes back to its default rate with every file. */
  setRate(rate: number): void {
    this.element.defaultPlaybackRate = rate;
    this.element.playbackRate = rate;
  }

  seconds(): number {
    return this.pendingSeek ?? (this.source === null ? 0 : this.source.start + this.element.currentTime);
  }

  /** The track's length once it is known; converted audio does not tell it. */
  duration(): number | null {
    if (this.source?.converted === true) return this.known() ? (this.track?.duration ?? null) : null;
    return this.known() && Number.isFinite(this.element.duration) ? this.element.duration : null;
  }

  /** True once the element has read enough of the file to know its length. */
  known(): boolean {
    return this.source !== null && this.element.readyState >= 1;
  }

  usable(): boolean {
    return this.track !== null && !this.failed;
  }

  dispose(): void {
    this.empty();
    for (const detach of this.detach) detach();
  }

  private open(source: Source): void {
    this.source = source;
    if (source.converted) this.pendingSeek = null;
    this.element.src = source.url;
    this.element.load();
    if (this.wantsToPlay) this.play();
  }

  private heard(kind: (typeof DOM_EVENTS)[keyof typeof DOM_EVENTS]): void {
    if (this.source === null) return;
    if (kind === "playing") this.attempt = 0;
    if (kind === "metadata" && this.pendingSeek !== null) {
      this.element.currentTime = this.pendingSeek;
      this.pendingSeek = null;
    }
    // An element pauses itself when it ends; "ended" tells that better.
    if (kind === "stopped" && (this.element.ended || !this.wantsToPlay)) return;
    this.tell(this, { kind });
  }

  private refused(cause: unknown): void {
    const name = cause instanceof Error ? cause.name : "";
    if (name === "NotAllowedError") this.tell(this, { kind: "blocked" });
    else if (name === "NotSupportedError") this.fail("unsupported");
  }

  private elementFailed(): void {
    if (this.source === null) return;
    const reason = REASONS[this.element.error?.code ?? 0] ?? "network";
    if (!this.source.converted || this.track === null) return this.fail(reason);
    const seconds = this.seconds();
    this.attempt += 1;
    this.find(this.track, seconds);
  }

  private fail(reason: FailureReason): void {
    if (this.failed) return;
    this.failed = true;
    this.tell(this, { kind: "failed", reason });
  }

  private listen(name: string, listener: () => void): void {
    this.element.addEventListener(name, listener);
    this.detach.push(() => this.element.removeEventListener(name, listener));
  }
}
