import { QueryClient } from "@tanstack/react-query";

import { ApiError } from "./error";

const MOST_TRIES = 3;

/** Only what may pass by itself is tried again: never a "no" of the server. */
export function worthRetrying(failures: number, error: Error): boolean {
  return failures < MOST_TRIES && error instanceof ApiError && error.temporary;
}

/** The server's own wait if it named one, else 0.5, 1, 2 seconds. */
export function retryDelay(failures: number, error: Error): number {
  if (error instanceof ApiError && error.retryAfter !== null) return error.retryAfter * 1000;
  return 500 * 2 ** failures;
}

/** A query client with the manners of this application. Mutations are never repeated on their own. */
export function createQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: { staleTime: 30_000, gcTime: 10 * 60_000, retry: worthRetrying, retryDelay },
      mutations: { retry: false },
    },
  });
}
