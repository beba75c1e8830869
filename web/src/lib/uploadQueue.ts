import { Emitter, type Unsubscribe } from "./emitter";
import type { PickedFile } from "./fileTree";

/** What the server made of a file. */
export interface Received<Song> {
  readonly song: Song;
  /** The same audio was there already, and song is it. */
  readonly duplicate: boolean;
}

/** sending ends with share 1: then the server reads the file. */
export type UploadState<Song> =
  | { readonly kind: "waiting" | "reading" | "cancelled" | "skipped" }
  | { readonly kind: "sending"; readonly share: number }
  | { readonly kind: "done" | "duplicate"; readonly song: Song }
  | { readonly kind: "refused"; readonly reason: string };

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
  readonly onProgress: (share: number) => void;
  readonly signal: AbortSignal;
}

/** Sends one file. It rejects with an Error whose message people can read. */
export type Send<Song> = (file: File, options: SendOptions) => Promise<Received<Song>>;

const AT_ONCE = 3;
const AUDIO = /\.(mp3|flac|ogg|oga|opus|m4a|m4b|mp4|aac|wav|wave)$/i;

type Events<Song> = {
  changed: undefined;
  /** Nothing waits or is sent any more, and something was. */
  settled: readonly Upload<Song>[];
};

/** Files on their way to the server: three at a time, in the order they were added. It lives as long as the page. */
export class UploadQueue<Song> {
  private readonly events = new Emitter<Events<Song>>();
  private readonly sending = new Map<number, AbortController>();
  private uploads: readonly Upload<Song>[] = [];
  private lastId = 0;
  private forMe = false;
  private shared: number | null = null;

  constructor(private readonly send: Send<Song>) {}

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

  list(): readonly Upload<Song>[] {
    return this.uploads;
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
    const added = files
      .filter(({ file }) => !file.name.startsWith("."))
      .map(({ file, path }): Upload<Song> => {
        this.lastId += 1;
        const kind = AUDIO.test(file.name) ? "waiting" : "skipped";
        return {
          id: this.lastId,
          file,
          path,
          isPrivate: this.forMe,
          libraryId: this.shared,
          state: { kind },
        };
      });
    this.become([...this.uploads, ...added]);
    this.pump();
  }

  cancel(id: number): void {
    const known = this.uploads.find((upload) => upload.id === id);
    if (known === undefined || !isOpen(known)) return;
    this.set(id, { kind: "cancelled" });
    this.sending.get(id)?.abort();
  }

  cancelAll(): void {
    for (const upload of this.uploads) if (isOpen(upload)) this.cancel(upload.id);
  }

  /** Sends again what was refused or cancelled: one, or every refused one. */
  retry(id?: number): void {
    const again = ({ state, ...upload }: Upload<Song>) =>
      id === undefined ? state.kind === "refused" : upload.id === id && isOver(state);
    this.become(
      this.uploads.map((upload) => (again(upload) ? { ...upload, state: { kind: "waiting" } } : upload)),
    );
    this.pump();
  }

  /** Takes everything that has an end off the list. */
  clearEnded(): void {
    this.become(this.uploads.filter(isOpen));
  }

  /** Stops everything and forgets it, for example at sign-out. */
  reset(): void {
    this.uploads = [];
    this.forMe = false;
    this.shared = null;
    for (const controller of this.sending.values()) controller.abort();
    this.events.emit("changed", undefined);
  }

  private pump(): void {
    while (this.sending.size < AT_ONCE) {
      const next = this.uploads.find(({ state }) => state.kind === "waiting");
      if (next === undefined) return;
      void this.run(next);
    }
  }

  private async run({ id, file, isPrivate, libraryId }: Upload<Song>): Promise<void> {
    const controller = new AbortController();
    this.sending.set(id, controller);
    this.set(id, { kind: "sending", share: 0 });
    const onProgress = (share: number) => this.progress(id, share);
    const options = { isPrivate, libraryId, onProgress, signal: controller.signal };
    try {
      const { song, duplicate } = await this.send(file, options);
      this.end(id, { kind: duplicate ? "duplicate" : "done", song });
    } catch (cause) {
      this.end(id, { kind: "refused", reason: cause instanceof Error ? cause.message : String(cause) });
    }
  }

  /** Only whole percents are told: more would draw the list for nothing. */
  private progress(id: number, share: number): void {
    const state = this.uploads.find((upload) => upload.id === id)?.state;
    if (state?.kind !== "sending") return;
    if (share >= 1) this.set(id, { kind: "reading" });
    else if (Math.floor(share * 100) > Math.floor(state.share * 100))
      this.set(id, { kind: "sending", share });
  }

  private end(id: number, state: UploadState<Song>): void {
    this.sending.delete(id);
    const known = this.uploads.find((upload) => upload.id === id);
    if (known !== undefined && isOpen(known)) this.set(id, state);
    this.pump();
    if (this.sending.size === 0 && known !== undefined) this.events.emit("settled", this.uploads);
  }

  private set(id: number, state: UploadState<Song>): void {
    this.become(this.uploads.map((upload) => (upload.id === id ? { ...upload, state } : upload)));
  }

  private become(uploads: readonly Upload<Song>[]): void {
    this.uploads = uploads;
    this.events.emit("changed", undefined);
  }
}

/** Whether a file still waits or is under way. */
export function isOpen({ state }: Upload<unknown>): boolean {
  return state.kind === "waiting" || state.kind === "sending" || state.kind === "reading";
}

function isOver(state: UploadState<unknown>): boolean {
  return state.kind === "refused" || state.kind === "cancelled";
}

/** How far all of it is, by bytes, 0 to 1. Skipped and cancelled files do not count. */
export function shareSent(uploads: readonly Upload<unknown>[]): number {
  let [sent, total] = [0, 0];
  for (const { file, state } of uploads) {
    if (state.kind === "skipped" || state.kind === "cancelled") continue;
    const share = state.kind === "waiting" ? 0 : state.kind === "sending" ? state.share : 1;
    sent += file.size * share;
    total += file.size;
  }
  return total === 0 ? 1 : sent / total;
}
