import { queryOptions } from "@tanstack/react-query";

import { answer, api } from "./client";

/** What takes room, and whose it is. */
export const storageQuery = queryOptions({
  queryKey: ["admin", "storage"],
  queryFn: ({ signal }) => answer(api.GET("/api/admin/storage", { signal })),
});

/** The stored objects, counted one by one. */
export const objectsQuery = queryOptions({
  queryKey: ["admin", "objects"],
  queryFn: ({ signal }) => answer(api.GET("/api/admin/storage/objects", { signal })),
});

/** Bytes of an own quota, null for the server's default. */
export type QuotaChange = { bytes: number | null } | { unlimited: true };

export async function setQuota(id: number, body: QuotaChange): Promise<void> {
  await answer(api.PUT("/api/users/{id}/quota", { params: { path: { id } }, body }));
}
