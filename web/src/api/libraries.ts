import { queryOptions } from "@tanstack/react-query";

import { answer, api } from "./client";
import type { Library } from "./types";

/** The libraries one hears; for an admin all there are. */
export const librariesQuery = queryOptions({
  queryKey: ["libraries"],
  queryFn: async ({ signal }) => (await answer(api.GET("/api/libraries", { signal }))).libraries,
});

/** What one has uploaded, and may upload. */
export const ownStorageQuery = queryOptions({
  queryKey: ["libraries", "own"],
  queryFn: ({ signal }) => answer(api.GET("/api/auth/storage", { signal })),
});

export async function createLibrary(body: { name: string; isOpen: boolean }): Promise<Library> {
  return (await answer(api.POST("/api/libraries", { body }))).library;
}

export async function updateLibrary(id: number, body: { name?: string; isOpen?: boolean }): Promise<Library> {
  return (await answer(api.PATCH("/api/libraries/{id}", { params: { path: { id } }, body }))).library;
}

/** Lets exactly these members hear the library. */
export async function grantLibrary(id: number, userIds: number[]): Promise<Library> {
  const params = { path: { id } };
  return (await answer(api.PUT("/api/libraries/{id}/grants", { params, body: { userIds } }))).library;
}

export async function deleteLibrary(id: number, songs: "keep" | "delete"): Promise<void> {
  await answer(api.DELETE("/api/libraries/{id}", { params: { path: { id }, query: { songs } } }));
}
