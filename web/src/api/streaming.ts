import { answer, api } from "./client";

/** What the server can convert songs to. */
export function fetchStreaming() {
  return answer(api.GET("/api/streaming"));
}
