import type { FailureReason, SourceResolver, Track } from "./types";

/** The part of HTMLAudioElement that is used; tests bring their own. */
export type MediaElement = Pick<
  HTMLAudioElement,
  | "src"
  | "currentTime"
  | "duration"
  | "volume"
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
  private resolved = false;
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
    this.pendingSeek = position > 0 ? position : null;
    const generation = this.generation;
    this.resolve(track.id).then(
      (url) => generation === this.generation && this.open(url),
      () => generation === this.generation && this.fail("unavailable"),
    );
  }

  empty(): void {
    this.generation += 1;
    this.track = null;
    this.wantsToPlay = false;
    this.failed = false;
    this.pendingSeek = null;
    if (!this.resolved) return;
    this.resolved = false;
    this.element.pause();
    this.element.removeAttribute("src");
    this.element.load();
  }

  play(): void {
    this.wantsToPlay = true;
    if (!this.resolved) return;
    const generation = this.generation;
    this.element.play().catch((cause: unknown) => {
      if (generation === this.generation) this.refused(cause);
    });
  }

  pause(): void {
    this.wantsToPlay = false;
    if (this.resolved) this.element.pause();
  }

  seek(seconds: number): void {
    if (this.known()) this.element.currentTime = Math.min(seconds, this.duration() ?? seconds);
    else this.pendingSeek = seconds;
  }

  touch(): void {
    if (!this.resolved) this.element.load();
  }

  setVolume(amplitude: number): void {
    this.element.volume = amplitude;
  }

  seconds(): number {
    return this.pendingSeek ?? (this.resolved ? this.element.currentTime : 0);
  }

  duration(): number | null {
    return this.known() && Number.isFinite(this.element.duration) ? this.element.duration : null;
  }

  /** True once the element has read enough of the file to know its length. */
  known(): boolean {
    return this.resolved && this.element.readyState >= 1;
  }

  usable(): boolean {
    return this.track !== null && !this.failed;
  }

  dispose(): void {
    this.empty();
    for (const detach of this.detach) detach();
  }

  private open(url: string): void {
    this.resolved = true;
    this.element.src = url;
    this.element.load();
    if (this.wantsToPlay) this.play();
  }

  private heard(kind: (typeof DOM_EVENTS)[keyof typeof DOM_EVENTS]): void {
    if (!this.resolved) return;
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
    if (this.resolved) this.fail(REASONS[this.element.error?.code ?? 0] ?? "network");
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
