import createClient from "openapi-fetch";

import { Emitter } from "@/lib/emitter";

import { confirmation } from "./confirmation";
import { ApiError, readError, UNREACHABLE } from "./error";
import type { paths } from "./types";

/** Told when a request finds that nobody is signed in any more, or that an admin needs a second factor first. */
export const sessionEvents = new Emitter<{ signedOut: undefined; factorRequired: undefined }>();

/** Answering these with 401 is part of signing in, not its end. */
const ASKING = ["/api/auth/login", "/api/auth/register"];

async function once(request: Request): Promise<Response> {
  const response = await fetch(request).catch((cause: unknown) => {
    if (cause instanceof DOMException && cause.name === "AbortError") throw cause;
    throw new ApiError(0, UNREACHABLE, "The server does not answer.");
  });
  if (response.ok) return response;
  const error = await readError(response);
  if (error.status === 401 && !ASKING.includes(new URL(request.url).pathname)) {
    sessionEvents.emit("signedOut", undefined);
  }
  if (error.status === 403 && error.code === "factor_required") {
    sessionEvents.emit("factorRequired", undefined);
  }
  throw error;
}

/** Sends a request, and once more when the server first wants to know that it is still the same person. */
async function send(request: Request): Promise<Response> {
  const again = request.clone(); // a request that was sent has lost its body
  return once(request).catch(async (cause: unknown) => {
    const refused = cause instanceof ApiError && cause.code === "confirm_required";
    if (refused && (await confirmation.ask())) return once(again);
    throw cause;
  });
}

/** The typed client. The session cookie goes along by itself; failures are thrown as ApiError. */
export const api = createClient<paths>({
  baseUrl: window.location.origin,
  credentials: "same-origin",
  fetch: send,
});

/** The body of a successful answer: `await answer(api.GET("/api/songs"))`. */
export async function answer<Data>(request: Promise<{ data?: Data }>): Promise<Exclude<Data, undefined>> {
  const { data } = await request;
  // send() has thrown for everything that is no success; an answer without a body (204) has no data.
  return data as Exclude<Data, undefined>;
}

/** The address of a song's audio for the player; the query says how it is converted, empty for the file itself. */
export function streamUrl(songId: number, query: string): string {
  return `/api/songs/${songId}/stream${query === "" ? "" : `?${query}`}`;
}
