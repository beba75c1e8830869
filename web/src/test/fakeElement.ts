import type { MediaElement } from "@/engine/elementSlot";

/** An audio element without audio: it fires only what a test tells it to. */
export class FakeElement extends EventTarget implements MediaElement {
  src = "";
  currentTime = 0;
  duration = Number.NaN;
  volume = 1;
  playbackRate = 1;
  defaultPlaybackRate = 1;
  preload: MediaElement["preload"] = "";
  paused = true;
  ended = false;
  readyState = 0;
  error: MediaError | null = null;
  /** Seconds up to which the audio is there, from the beginning. */
  bufferedTo = 0;
  /** What the next play() is refused with. */
  refusal: Error | null = null;

  get buffered(): TimeRanges {
    return { length: 1, start: () => 0, end: () => this.bufferedTo };
  }

  play(): Promise<void> {
    if (this.refusal !== null) return Promise.reject(this.refusal);
    this.paused = false;
    this.ended = false;
    if (this.readyState >= 1) this.fire("playing");
    return Promise.resolve();
  }

  pause(): void {
    if (this.paused) return;
    this.paused = true;
    this.fire("pause");
  }

  load(): void {
    this.readyState = 0;
    this.currentTime = 0;
  }

  removeAttribute(): void {
    this.src = "";
  }

  /** The file arrived. */
  arrive(duration: number): void {
    this.readyState = 4;
    this.duration = duration;
    this.fire("loadedmetadata");
    if (!this.paused) this.fire("playing");
  }

  /** Playback stands at this second. */
  reach(seconds: number): void {
    this.currentTime = seconds;
    this.fire("timeupdate");
  }

  finish(): void {
    this.ended = true;
    this.paused = true;
    this.fire("pause");
    this.fire("ended");
  }

  break(code: number): void {
    this.error = { code } as MediaError;
    this.fire("error");
  }

  fire(name: string): void {
    this.dispatchEvent(new Event(name));
  }
}
