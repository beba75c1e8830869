import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useRouter, useSearch } from "@tanstack/react-router";

import { sessionQuery } from "@/api/session";
import type { User } from "@/api/types";

/** Sends a form that ends signed in, and then goes to the page that was asked for. */
export function useEnter<Body>(send: (body: Body) => Promise<User>) {
  const queries = useQueryClient();
  const router = useRouter();
  const { next } = useSearch({ strict: false });
  return useMutation<User, Error, Body>({
    mutationFn: send,
    onSuccess: async (user) => {
      queries.setQueryData(sessionQuery.queryKey, user);
      router.history.push(localPath(next));
    },
  });
}

/** Only a path of this client may follow a sign-in, never an address of somebody else. */
export function localPath(next: unknown): string {
  return typeof next === "string" && /^\/(?![/\\])/.test(next) ? next : "/";
}
