import { queryOptions } from "@tanstack/react-query";

import { answer, api } from "./client";
import type { ApiKeyDraft, FactorSetup, MadeApiKey } from "./types";

/** How one's second factor stands. */
export const factorQuery = queryOptions({
  queryKey: ["factor"],
  queryFn: ({ signal }) => answer(api.GET("/api/auth/factor", { signal })),
});

/** A new secret for an authenticator app; it counts once a code of it was given. */
export async function startFactor(): Promise<FactorSetup> {
  return answer(api.POST("/api/auth/factor"));
}

/** Switches the second factor on and gives the recovery codes, this once. */
export async function enableFactor(body: { code: string; endOthers: boolean }): Promise<string[]> {
  return (await answer(api.POST("/api/auth/factor/enable", { body }))).recoveryCodes;
}

export async function replaceRecoveryCodes(): Promise<string[]> {
  return (await answer(api.POST("/api/auth/factor/recovery-codes"))).recoveryCodes;
}

export async function disableFactor(code: string): Promise<void> {
  await answer(api.DELETE("/api/auth/factor", { body: { code } }));
}

/** One's API keys, newest first. */
export const apiKeysQuery = queryOptions({
  queryKey: ["apiKeys"],
  queryFn: async ({ signal }) => (await answer(api.GET("/api/auth/api-keys", { signal }))).apiKeys,
});

/** Makes a key; its text is in the answer this once. */
export async function createApiKey(body: ApiKeyDraft): Promise<MadeApiKey> {
  return answer(api.POST("/api/auth/api-keys", { body }));
}

export async function deleteApiKey(id: number): Promise<void> {
  await answer(api.DELETE("/api/auth/api-keys/{id}", { params: { path: { id } } }));
}
