import { Emitter, type Unsubscribe } from "./emitter";
import type { PickedFile } from "./fileTree";
import { Pace } from "./pace";

/** What the server made of a file. */
export interface Received<Song> {
  readonly song: Song;
  /** The same audio was there already, and song is it. */
  readonly duplicate: boolean;
}

/** sending ends with share 1: then the server reads the file. */
export type UploadState<Song> =
  | { readonly kind: "waiting" | "reading" | "cancelled" | "skipped" }
  | { readonly kind: "sending" | "paused"; readonly share: number }
  | { readonly kind: "done" | "duplicate"; readonly song: Song }
  | ({ readonly kind: "refused" } & Reason);

/** Why something did not work. */
export interface Reason {
  /** In the server's words, which are English. */
  readonly reason: string;
  /** Its word for machines, empty where there is none. */
  readonly code: string;
}

export interface Upload<Song> {
  readonly id: number;
  readonly file: File;
  readonly path: string;
  /** Only the uploader will hear it. */
  readonly isPrivate: boolean;
  /** The shared library it goes to; null is the first one. */
  readonly libraryId: number | null;
  readonly state: UploadState<Song>;
}

export interface SendOptions {
  readonly isPrivate: boolean;
  readonly libraryId: number | null;
  /** moved is false where the server had that much before. */
  readonly onProgress: (share: number, moved?: boolean) => void;
  readonly signal: AbortSignal;
}

/**
 * Sends one file, or what is left of it. It rejects with Interrupted if trying again may help, and else with an
 * Error whose message people can read.
 */
export type Send<Song> = (file: File, options: SendOptions) => Promise<Received<Song>>;

/** A file that did not arrive, and it was not the file's fault. */
export class Interrupted extends Error {
  override readonly name = "Interrupted";

  constructor(
    message: string,
    /** Somebody will bring the server back: then it does not count how often it was tried. */
    readonly endless: boolean,
    /** Seconds that the server asks to wait. */
    readonly retryAfter: number | null = null,
    /** The server's word for machines. */
    readonly code = "",
  ) {
    super(message);
  }
}

/** Why nothing moves, and when it is tried again (milliseconds, as Date.now tells them). */
export interface Trouble extends Reason {
  readonly until: number;
}

interface QueueOptions<Song> {
  /** Told that a file is not wanted any more, so that what arrived of it can go. */
  readonly forget?: (file: File) => void;
  readonly send: Send<Song>;
  /** Milliseconds between two words to the listeners: ten thousand files have a lot to tell. */
  readonly tellEvery?: number;
}

const AT_ONCE = 3;
const MOST_TRIES = 5;
const FIRST_WAIT = 1000;
const LONGEST_WAIT = 30_000;
const AUDIO =
  /\.(mp3|flac|ogg|oga|opus|m4a|m4b|mp4|aac|wav|wave|aif|aiff|aifc|wv|ape|wma|asf|mpc|mp\+|mpp|tta|dsf|dff|webm|weba|mka)$/i;

type Events<Song> = {
  changed: undefined;
  /** Nothing waits or is sent any more, and something was. */
  settled: readonly Upload<Song>[];
};

/** Files on their way to the server: three at a time, in the order they were added. It lives as long as the page. */
export class UploadQueue<Song> {
  private readonly events = new Emitter<Events<Song>>();
  private readonly sending = new Map<number, AbortController>();
  private readonly tries = new Map<number, number>();
  private readonly shares = new Map<number, number>();
  private readonly pace = new Pace();
  private uploads: Upload<Song>[] = [];
  private places = new Map<number, number>();
  private seen: readonly Upload<Song>[] = [];
  private lastId = 0;
  private forMe = false;
  private shared: number | null = null;
  private told: ReturnType<typeof setTimeout> | null = null;
  private trouble: Trouble | null = null;
  private failures = 0;
  private again: ReturnType<typeof setTimeout> | null = null;

  constructor(private readonly options: QueueOptions<Song>) {}

  /** Whether what is added from now on is for the uploader alone. */
  isPrivate(): boolean {
    return this.forMe;
  }

  setPrivate(forMe: boolean): void {
    this.forMe = forMe;
    this.events.emit("changed", undefined);
  }

  /** The shared library that what is added from now on goes to; null is the first one. */
  libraryId(): number | null {
    return this.shared;
  }

  setLibrary(id: number | null): void {
    this.shared = id;
    this.forMe = false;
    this.events.emit("changed", undefined);
  }

  /** All of them as they were when the listeners were last told. */
  list(): readonly Upload<Song>[] {
    return this.seen;
  }

  /** Why nothing moves just now; null while it does. */
  troubled(): Trouble | null {
    return this.trouble;
  }

  /** Bytes a second over the last while. */
  speed(): number {
    return this.pace.perSecond(Date.now());
  }

  subscribe(listener: () => void): Unsubscribe {
    return this.events.on("changed", listener);
  }

  /** Called whenever everything that was to be sent has an end. */
  onSettled(listener: (uploads: readonly Upload<Song>[]) => void): Unsubscribe {
    return this.events.on("settled", listener);
  }

  /** Queues audio files; everything else is listed as skipped. Hidden files are not worth a word. */
  add(files: readonly PickedFile[]): void {
    for (const { file, path } of files) {
      if (file.name.startsWith(".")) continue;
      this.lastId += 1;
      const kind = AUDIO.test(file.name) ? "waiting" : "skipped";
      this.places.set(this.lastId, this.uploads.length);
      this.uploads.push({
        id: this.lastId,
        file,
        path,
        isPrivate: this.forMe,
        libraryId: this.shared,
        state: { kind },
      });
    }
    this.pump();
    this.tellNow();
  }

  cancel(id: number): void {
    const known = this.find(id);
    if (known === undefined || !isOpen(known)) return;
    this.set(id, { kind: "cancelled" });
    this.sending.get(id)?.abort();
    this.options.forget?.(known.file);
    this.tellNow();
    this.settle();
  }

  cancelAll(): void {
    for (const upload of [...this.uploads]) this.cancel(upload.id);
  }

  /** Holds one file, or all that wait or are sent. What has arrived stays on the server. */
  pause(id?: number): void {
    for (const upload of this.uploads) {
      if (id !== undefined && upload.id !== id) continue;
      const { state } = upload;
      if (state.kind !== "waiting" && state.kind !== "sending") continue;
      this.set(upload.id, { kind: "paused", share: state.kind === "sending" ? state.share : 0 });
      this.sending.get(upload.id)?.abort();
    }
    this.tellNow();
  }

  /** Lets go on what was paused: one, or all. */
  resume(id?: number): void {
    this.become("waiting", (upload) => upload.state.kind === "paused" && (id ?? upload.id) === upload.id);
  }

  /** Sends again what was refused or cancelled: one, or every refused one. */
  retry(id?: number): void {
    this.become("waiting", ({ id: own, state }) =>
      id === undefined ? state.kind === "refused" : own === id && isOver(state),
    );
  }

  /** Tries at once what waits for the server to come back. */
  retryNow(): void {
    if (this.again === null) return;
    clearTimeout(this.again);
    this.again = null;
    this.pump();
  }

  /** Takes everything that has an end off the list. */
  clearEnded(): void {
    this.keep(this.uploads.filter(isOpen));
    this.tellNow();
  }

  /** Stops everything and forgets it, for example at sign-out. */
  reset(): void {
    const running = [...this.sending.values()];
    this.keep([]);
    this.forMe = false;
    this.shared = null;
    for (const controller of running) controller.abort();
    this.calm();
    this.tellNow();
  }

  private become(kind: "waiting", which: (upload: Upload<Song>) => boolean): void {
    for (const upload of this.uploads) {
      if (!which(upload)) continue;
      this.tries.delete(upload.id);
      this.set(upload.id, { kind });
    }
    this.pump();
    this.tellNow();
  }

  /** While there is trouble one file at a time finds out whether it is over. */
  private pump(): void {
    if (this.again !== null) return;
    const most = this.trouble === null ? AT_ONCE : 1;
    for (const upload of this.uploads) {
      if (this.sending.size >= most) return;
      if (upload.state.kind === "waiting" && !this.sending.has(upload.id)) void this.run(upload);
    }
  }

  private async run({ id, file, isPrivate, libraryId }: Upload<Song>): Promise<void> {
    const controller = new AbortController();
    this.sending.set(id, controller);
    this.set(id, { kind: "sending", share: 0 });
    this.shares.delete(id);
    const onProgress = (share: number, moved = true) => this.progress(id, share, moved);
    try {
      const { song, duplicate } = await this.options.send(file, {
        isPrivate,
        libraryId,
        onProgress,
        signal: controller.signal,
      });
      this.calm();
      this.end(id, { kind: duplicate ? "duplicate" : "done", song });
    } catch (cause) {
      this.fail(id, cause);
    }
  }

  private fail(id: number, cause: unknown): void {
    const tries = (this.tries.get(id) ?? 0) + 1;
    if (cause instanceof Interrupted && (cause.endless || tries < MOST_TRIES)) {
      if (this.isRunning(id)) this.wait(cause);
      this.tries.set(id, tries);
      this.end(id, { kind: "waiting" });
      return;
    }
    this.end(id, { kind: "refused", ...reasonOf(cause) });
  }

  private wait(cause: Interrupted): void {
    if (this.again !== null) return;
    const backoff = Math.min(FIRST_WAIT * 2 ** this.failures, LONGEST_WAIT);
    const ms = cause.retryAfter === null ? backoff : cause.retryAfter * 1000;
    this.failures += 1;
    this.trouble = { reason: cause.message, code: cause.code, until: Date.now() + ms };
    this.again = setTimeout(() => this.retryNow(), ms);
  }

  private calm(): void {
    if (this.again !== null) clearTimeout(this.again);
    this.again = null;
    this.trouble = null;
    this.failures = 0;
  }

  /** Only whole percents are told: more would draw the list for nothing. */
  private progress(id: number, share: number, moved: boolean): void {
    const upload = this.find(id);
    if (upload?.state.kind !== "sending") return;
    const more = share - (this.shares.get(id) ?? 0);
    this.shares.set(id, share);
    if (moved) this.pace.add(more * upload.file.size, Date.now());
    if (share >= 1) this.set(id, { kind: "reading" });
    else if (Math.floor(share * 100) > Math.floor(upload.state.share * 100))
      this.set(id, { kind: "sending", share });
  }

  private isRunning(id: number): boolean {
    const kind = this.find(id)?.state.kind;
    return kind === "sending" || kind === "reading";
  }

  private end(id: number, state: UploadState<Song>): void {
    this.sending.delete(id);
    if (this.isRunning(id)) this.set(id, state);
    this.pump();
    this.settle();
  }

  private settle(): void {
    if (this.sending.size > 0 || this.uploads.length === 0 || this.uploads.some(isOpen)) return;
    this.tellNow();
    this.events.emit("settled", this.seen);
  }

  private find(id: number): Upload<Song> | undefined {
    return this.uploads[this.places.get(id) ?? -1];
  }

  private keep(uploads: Upload<Song>[]): void {
    this.uploads = uploads;
    this.places = new Map(uploads.map(({ id }, place) => [id, place]));
  }

  private set(id: number, state: UploadState<Song>): void {
    const place = this.places.get(id);
    const known = this.find(id);
    if (place === undefined || known === undefined) return;
    this.uploads[place] = { ...known, state };
    if (this.told === null) this.told = setTimeout(() => this.tellNow(), this.options.tellEvery ?? 100);
  }

  private tellNow(): void {
    if (this.told !== null) clearTimeout(this.told);
    this.told = null;
    this.seen = [...this.uploads];
    this.events.emit("changed", undefined);
  }
}

/** Whether a file still waits, is held, or is under way. */
export function isOpen({ state }: Upload<unknown>): boolean {
  return ["waiting", "sending", "reading", "paused"].includes(state.kind);
}

function isOver(state: UploadState<unknown>): boolean {
  return state.kind === "refused" || state.kind === "cancelled";
}

function reasonOf(cause: unknown): Reason {
  if (!(cause instanceof Error)) return { reason: String(cause), code: "" };
  return { reason: cause.message, code: "code" in cause ? String(cause.code) : "" };
}
