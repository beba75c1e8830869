import { queryOptions } from "@tanstack/react-query";

import { fingerprint } from "@/lib/fingerprint";
import { Interrupted, type Received, type SendOptions } from "@/lib/uploadQueue";

import { answer, api, sessionEvents } from "./client";
import { ApiError, readError, UNREACHABLE } from "./error";
import type { Song, UploadOutcome, UploadStatus } from "./types";

/** As many as a member may have unfinished. */
const MOST = 500;

/** What was not finished, on this device or another one. */
export const unfinishedQuery = queryOptions({
  queryKey: ["uploads", "receiving"],
  queryFn: ({ signal }) =>
    answer(api.GET("/api/uploads", { params: { query: { state: "receiving", limit: MOST } }, signal })),
  staleTime: 30_000,
});

/** Takes an upload away with what arrived of it. */
export async function removeUpload(id: number): Promise<void> {
  await api.DELETE("/api/uploads/{id}", { params: { path: { id } } });
}

/** Where a file goes. Without a library it is the first shared one. */
type Target = Pick<SendOptions, "isPrivate" | "libraryId">;

function goesTo({ isPrivate, libraryId }: Target): Record<string, string> {
  if (isPrivate) return { private: "true" };
  return libraryId === null ? {} : { libraryId: String(libraryId) };
}

function isFor(known: UploadStatus, { isPrivate, libraryId }: Target): boolean {
  return known.private === isPrivate && (isPrivate || known.libraryId === libraryId);
}

/** Sends songs so that they can go on after anything: a pause, a lost connection, a reload. */
export class SongUploads {
  /** Where the server keeps what arrived of a file. */
  private readonly urls = new WeakMap<File, string>();
  private readonly tried = new WeakSet<File>();
  private readonly touched = new Set<number>();
  private earlier: Promise<Map<string, UploadStatus>> | null = null;

  /** Whether an upload of the server's list is one of this page's own. */
  isOwn(id: number): boolean {
    return this.touched.has(id);
  }

  readonly send = async (file: File, options: SendOptions): Promise<Received<Song>> => {
    try {
      return await this.attempt(file, options);
    } catch (cause) {
      this.earlier = null;
      throw this.judge(file, cause);
    } finally {
      this.tried.add(file);
    }
  };

  /** Lets the server forget a file that is not wanted any more. */
  readonly forget = (file: File): void => {
    const url = this.urls.get(file);
    this.urls.delete(file);
    if (url !== undefined) void removeUpload(idOf(url)).catch(() => undefined); // it expires by itself
  };

  private async attempt(
    file: File,
    { isPrivate, libraryId, onProgress, signal }: SendOptions,
  ): Promise<Received<Song>> {
    const print = await fingerprint(file);
    const url = this.urls.get(file) ?? (await this.find(file, print, { isPrivate, libraryId }));
    const { ship } = await import("./tusUpload");
    const body = await ship({
      file,
      metadata: { filename: file.name, fingerprint: print, ...goesTo({ isPrivate, libraryId }) },
      url,
      onUrl: (at) => this.remember(file, at),
      onProgress,
      onRefusal: refusal,
      signal,
    });
    onProgress(1);
    const given = body === "" ? null : (JSON.parse(body) as UploadOutcome);
    const place = this.urls.get(file) ?? "";
    return this.received(file, given ?? (await this.ask(idOf(place), signal)), signal);
  }

  /** What this file left on the server before: a reload, or an answer that was lost. */
  private async find(file: File, print: string, target: Target): Promise<string | null> {
    this.earlier ??= loadEarlier();
    const known = (await this.earlier).get(print);
    if (known === undefined || !isFor(known, target)) return null;
    // What was refused stays so: tried again it is a new upload, for there may be room by now.
    if (known.state === "refused") return null;
    // What has an outcome is an older upload of the same file: sent again it is a duplicate, and should be told so.
    if (known.state !== "receiving" && known.state !== "processing" && !this.tried.has(file)) return null;
    const url = `${window.location.origin}/api/uploads/${known.id}`;
    this.remember(file, url);
    return url;
  }

  private remember(file: File, url: string): void {
    this.urls.set(file, url);
    this.touched.add(idOf(url));
  }

  private async ask(id: number, signal: AbortSignal): Promise<UploadOutcome> {
    return answer(api.GET("/api/uploads/{id}", { params: { path: { id } }, signal }));
  }

  /** The outcome of an upload of which all is there. */
  private async received(file: File, outcome: UploadOutcome, signal: AbortSignal): Promise<Received<Song>> {
    const { id, state, song, reason, code } = outcome;
    if (state === "done" || state === "duplicate") {
      if (song === null) throw new ApiError(404, "not_found", "The song has been removed.");
      return { song, duplicate: state === "duplicate" };
    }
    if (state === "refused") {
      this.urls.delete(file); // tried again it is a new upload
      throw new ApiError(415, code ?? "refused", reason ?? "");
    }
    if (state === "receiving") throw new Interrupted("The server lost a part of the file.", false);
    await pause(POLL, signal);
    return this.received(file, await this.ask(id, signal), signal);
  }

  private judge(file: File, cause: unknown): unknown {
    if (!(cause instanceof ApiError)) return cause;
    if (cause.status === 401) sessionEvents.emit("signedOut", undefined);
    const gone = cause.status === 404 && cause.code === "not_found";
    if (gone) this.urls.delete(file);
    const busy = cause.code === "upload_locked" || cause.code === "wrong_offset";
    if (!cause.temporary && !gone && !busy) return cause;
    const endless = cause.status === 0 || BACK_LATER.includes(cause.status);
    return new Interrupted(cause.message, endless, cause.retryAfter, cause.code);
  }
}

const POLL = 1000;
/** Too many requests, a gateway without its server, a server that stops, a full disk. */
const BACK_LATER = [429, 502, 503, 504, 507];

async function refusal(status: number, body: string): Promise<Error> {
  if (status < 200 || status > 599) return new ApiError(0, UNREACHABLE, "The server does not answer.");
  return readError(new Response(body || null, { status }));
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(resolve, ms);
    signal.addEventListener("abort", () => {
      clearTimeout(timer);
      reject(new DOMException("cancelled", "AbortError"));
    });
  });
}

function idOf(url: string): number {
  return Number(url.slice(url.lastIndexOf("/") + 1));
}

/** By fingerprint, the newest of each. */
async function loadEarlier(): Promise<Map<string, UploadStatus>> {
  const { uploads } = await answer(api.GET("/api/uploads", { params: { query: { limit: MOST } } }));
  const open = await answer(
    api.GET("/api/uploads", { params: { query: { state: "receiving", limit: MOST } } }),
  );
  return new Map([...uploads, ...open.uploads].reverse().map((upload) => [upload.fingerprint, upload]));
}
