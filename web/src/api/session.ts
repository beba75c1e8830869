import { queryOptions } from "@tanstack/react-query";

import { answer, api } from "./client";
import type { SignInBody, SignUpBody, User } from "./types";

/** Who is signed in on this browser; null if nobody is. */
export const sessionQuery = queryOptions({
  queryKey: ["session"],
  queryFn: async ({ signal }) => (await answer(api.GET("/api/auth/session", { signal }))).user ?? null,
  staleTime: 5 * 60_000,
});

/** Signs in with a session cookie. */
export async function signIn(body: Omit<SignInBody, "client">): Promise<User> {
  return (await answer(api.POST("/api/auth/login", { body: { ...body, client: "web" } }))).user;
}

/** Makes an account and signs in with it. */
export async function signUp(body: Omit<SignUpBody, "client">): Promise<User> {
  return (await answer(api.POST("/api/auth/register", { body: { ...body, client: "web" } }))).user;
}

/** Ends the session on the server. */
export async function signOut(): Promise<void> {
  await answer(api.POST("/api/auth/logout"));
}
