import { infiniteQueryOptions } from "@tanstack/react-query";

import { answer, api, sessionEvents } from "./client";
import { ApiError, readError, UNREACHABLE } from "./error";
import type { EditedSongs, SongChange, Written } from "./types";

/** How many songs one edit may change, and into how many files one request may write. */
export const MOST_EDITED = 500;

/** Changes songs, all or none. `clear` names fields that go back to what the files say. */
export async function editSongs(
  ids: readonly number[],
  set: SongChange,
  clear: readonly string[] = [],
): Promise<EditedSongs> {
  return answer(api.PATCH("/api/songs", { body: { ids: [...ids], set, clear: [...clear] } }));
}

/** Gives songs a cover. */
export async function setCover(ids: readonly number[], picture: Blob): Promise<EditedSongs> {
  const form = new FormData();
  form.append("ids", JSON.stringify(ids));
  form.append("image", picture);
  const response = await fetch("/api/songs/cover", {
    method: "PUT",
    body: form,
    credentials: "same-origin",
  }).catch(() => {
    throw new ApiError(0, UNREACHABLE, "The server does not answer.");
  });
  if (!response.ok) {
    if (response.status === 401) sessionEvents.emit("signedOut", undefined);
    throw await readError(response);
  }
  return (await response.json()) as EditedSongs;
}

/** Takes an edit back. */
export async function undoEdit(id: number): Promise<EditedSongs> {
  return answer(api.POST("/api/edits/{id}/undo", { params: { path: { id } } }));
}

/** Writes what the library shows of uploads into their files. */
export async function writeTags(ids: readonly number[]): Promise<Written[]> {
  return (await answer(api.POST("/api/songs/write-tags", { body: { ids: [...ids] } }))).results;
}

/** Makes artists, or albums, one. Answers the edit. */
export async function merge(kind: "artist" | "album", from: number, into: number): Promise<number | null> {
  const body = { from: [from], into };
  const done =
    kind === "artist" ? api.POST("/api/artists/merge", { body }) : api.POST("/api/albums/merge", { body });
  return (await answer(done)).editId;
}

/** Makes one name stand for several artists. */
export async function splitArtist(id: number, names: readonly string[]): Promise<number | null> {
  const params = { path: { id } };
  return (await answer(api.POST("/api/artists/{id}/split", { params, body: { names: [...names] } }))).editId;
}

const PAGE = 50;

/** The edits one may see, the newest first. */
export const editsQuery = infiniteQueryOptions({
  queryKey: ["edits"],
  queryFn: ({ pageParam, signal }) =>
    answer(
      api.GET("/api/edits", {
        params: { query: { limit: PAGE, ...(pageParam !== "" && { cursor: pageParam }) } },
        signal,
      }),
    ),
  initialPageParam: "",
  getNextPageParam: ({ nextCursor }) => nextCursor,
});
