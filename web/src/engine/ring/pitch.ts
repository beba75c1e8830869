import stretchUrl from "signalsmith-stretch?url";

/** Seconds in which dry and bent sound change places. */
const FADE = 0.03;
/** Where WebAssembly may not be compiled the node never answers: milliseconds until it counts as missing. */
const PATIENCE_MS = 8000;

export interface PitchLinks {
  readonly context: BaseAudioContext;
  /** The ring: its first output is dry, its second as far ahead as the node is late. */
  readonly ring: AudioNode;
  readonly output: AudioNode;
  /** Has the ring give its second output so many seconds ahead, null: not any more. */
  readonly tap: (seconds: number | null) => void;
  /** The node cannot be had; it stays at the dry sound. */
  readonly broken: () => void;
}

/** Sends what plays through a pitch shifter, loaded when it is first wanted, or around it. */
export class Pitch {
  private readonly dry: GainNode;
  private readonly wet: GainNode;
  private node: Promise<Stretch> | null = null;
  private semitones = 0;
  private on = false;
  private turn = 0;

  constructor(private readonly links: PitchLinks) {
    const { context, ring, output } = links;
    this.dry = new GainNode(context);
    this.wet = new GainNode(context, { gain: 0 });
    ring.connect(this.dry, 0);
    this.dry.connect(output);
    this.wet.connect(output);
  }

  /** 0 takes the shifter out. */
  set(semitones: number): void {
    if (semitones === this.semitones) return;
    this.semitones = semitones;
    this.turn += 1;
    void this.apply(this.turn);
  }

  private async apply(turn: number): Promise<void> {
    if (this.semitones === 0) return this.bypass(turn);
    const node = await this.load();
    if (node === null || turn !== this.turn) return;
    node.bend(this.semitones);
    if (this.on) return;
    this.on = true;
    this.links.tap(node.latency);
    this.links.ring.connect(node.node, 1);
    node.node.connect(this.wet);
    // The node is filled before it is heard.
    await wait(2 * node.latency);
    if (turn !== this.turn && this.semitones === 0) return;
    this.fade(this.dry, 0);
    this.fade(this.wet, 1);
  }

  private async bypass(turn: number): Promise<void> {
    if (!this.on) return;
    this.fade(this.dry, 1);
    this.fade(this.wet, 0);
    await wait(2 * FADE);
    if (turn !== this.turn) return;
    this.on = false;
    this.links.tap(null);
    const node = await this.node;
    if (node === null || turn !== this.turn) return;
    this.links.ring.disconnect(node.node, 1);
    node.node.disconnect();
  }

  private fade({ gain }: GainNode, to: number): void {
    const { currentTime } = this.links.context;
    gain.cancelScheduledValues(currentTime);
    gain.setValueAtTime(gain.value, currentTime);
    gain.linearRampToValueAtTime(to, currentTime + FADE);
  }

  private async load(): Promise<Stretch | null> {
    this.node ??= Stretch.make(this.links.context);
    try {
      return await this.node;
    } catch {
      this.links.broken();
      return null;
    }
  }
}

/** The shifter's node. Its script is taken as it is; messages are [id, method, ...arguments], answers [id, value]. */
class Stretch {
  private constructor(
    readonly node: AudioWorkletNode,
    /** Seconds from in to out. */
    readonly latency: number,
  ) {}

  static async make(context: BaseAudioContext): Promise<Stretch> {
    await context.audioWorklet.addModule(stretchUrl);
    const node = new AudioWorkletNode(context, "signalsmith-stretch", { outputChannelCount: [2] });
    await answer(node.port, "ready");
    node.port.postMessage([1, "latency"]);
    return new Stretch(node, Number(await answer(node.port, 1)));
  }

  bend(semitones: number): void {
    // Left at 8 kHz, what lies above would move by a part of the way only.
    const tonalityHz = this.node.context.sampleRate / 2;
    this.node.port.postMessage([2, "schedule", { active: true, semitones, tonalityHz }]);
  }
}

function answer(port: MessagePort, id: number | string): Promise<unknown> {
  return new Promise((done, fail) => {
    const timer = setTimeout(() => fail(new Error("the pitch node does not answer")), PATIENCE_MS);
    port.onmessage = ({ data }: MessageEvent<[number | string, unknown]>) => {
      if (data[0] !== id) return;
      clearTimeout(timer);
      done(data[1]);
    };
  });
}

function wait(seconds: number): Promise<void> {
  return new Promise((done) => setTimeout(done, seconds * 1000));
}
