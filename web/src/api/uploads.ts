import type { SendOptions } from "@/lib/uploadQueue";

import { sessionEvents } from "./client";
import { ApiError, readError, UNREACHABLE } from "./error";
import type { UploadAnswer } from "./types";

/** Sends one audio file. It is the one request that fetch cannot make: only XMLHttpRequest tells its progress. */
export function uploadSong(
  file: File,
  { isPrivate, libraryId, onProgress, signal }: SendOptions,
): Promise<UploadAnswer> {
  const form = new FormData();
  if (isPrivate) form.append("private", "true");
  else if (libraryId !== null) form.append("libraryId", String(libraryId));
  form.append("audio", file, file.name);
  const request = new XMLHttpRequest();
  request.open("POST", "/api/songs/upload");
  return new Promise((resolve, reject) => {
    const unreachable = () => reject(new ApiError(0, UNREACHABLE, "The server does not answer."));
    request.upload.addEventListener("progress", ({ loaded, total }) => onProgress(loaded / total));
    request.upload.addEventListener("load", () => onProgress(1));
    request.addEventListener("error", unreachable);
    request.addEventListener("abort", () => reject(new DOMException("cancelled", "AbortError")));
    request.addEventListener("load", () => void readAnswer(request).then(resolve, reject));
    signal.addEventListener("abort", () => request.abort());
    request.send(form);
  });
}

async function readAnswer(request: XMLHttpRequest): Promise<UploadAnswer> {
  if (request.status === 200 || request.status === 201)
    return JSON.parse(request.responseText) as UploadAnswer;
  const { status, statusText, responseText } = request;
  const error = await readError(new Response(responseText, { status, statusText }));
  if (status === 401) sessionEvents.emit("signedOut", undefined);
  throw error;
}
