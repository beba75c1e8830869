import { queryOptions } from "@tanstack/react-query";

import { answer, api } from "./client";
import type { User } from "./types";

/** Where one is signed in. */
export const sessionsQuery = queryOptions({
  queryKey: ["sessions"],
  queryFn: async ({ signal }) => (await answer(api.GET("/api/auth/sessions", { signal }))).sessions,
});

/** Signs out one browser or program. */
export async function endSession(id: number): Promise<void> {
  await answer(api.DELETE("/api/auth/sessions/{id}", { params: { path: { id } } }));
}

export async function updateProfile(body: { displayName: string; avatarUrl: string | null }): Promise<User> {
  return (await answer(api.PUT("/api/auth/profile", { body }))).user;
}

/** Changes the password; every other session ends. */
export async function changePassword(body: { currentPassword: string; newPassword: string }): Promise<void> {
  await answer(api.POST("/api/auth/password", { body }));
}

/** Proves to be the one who signed in; then the session may do for a while what wants a fresh sign-in. */
export async function confirmSession(body: { password: string; totp?: string }): Promise<void> {
  await answer(api.POST("/api/auth/confirm", { body }));
}

/** How much an export would hold. It wants a fresh sign-in, as the download does, which cannot ask for one. */
export async function previewExport(): Promise<{ songs: number; bytes: number }> {
  return answer(api.GET("/api/auth/export/preview"));
}

/** Where the export is downloaded from. */
export const EXPORT_ADDRESS = "/api/auth/export";

/** What becomes of songs in shared libraries when their uploader leaves. */
export type UploadsFate = "keep" | "delete";

/** Deletes one's own account and all that is one's own. */
export async function deleteAccount(uploads: UploadsFate): Promise<void> {
  await answer(api.DELETE("/api/auth/account", { params: { query: { uploads } } }));
}
