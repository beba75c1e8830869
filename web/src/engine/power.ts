/** Milliseconds of silence after which the audio device is let go. */
const REST_MS = 30_000;
/** Milliseconds within which a context that may start does. */
const START_MS = 1500;

export interface PowerListeners {
  /** The browser does not let it sound: it wants a gesture, or a call came in. */
  readonly blocked: () => void;
  readonly running: () => void;
}

/** Switches the audio clock on when something plays and off when nothing did for a while. */
export class Power {
  private timer: ReturnType<typeof setTimeout> | undefined;
  private wanted = false;

  constructor(
    private readonly context: AudioContext,
    private readonly listeners: PowerListeners,
  ) {
    context.addEventListener("statechange", this.changed);
  }

  wake(): void {
    clearTimeout(this.timer);
    this.wanted = true;
    if (this.context.state === "running") return;
    this.context.resume().catch(() => this.listeners.blocked());
    this.timer = setTimeout(() => this.check(), START_MS);
  }

  rest(): void {
    clearTimeout(this.timer);
    this.wanted = false;
    this.timer = setTimeout(() => void this.context.suspend().catch(() => undefined), REST_MS);
  }

  dispose(): void {
    clearTimeout(this.timer);
    this.context.removeEventListener("statechange", this.changed);
  }

  private check(): void {
    if (this.wanted && this.context.state !== "running") this.listeners.blocked();
  }

  private readonly changed = (): void => {
    if (this.context.state === "running") this.listeners.running();
    else this.check();
  };
}
