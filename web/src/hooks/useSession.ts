import { useQuery } from "@tanstack/react-query";

import { sessionQuery } from "@/api/session";
import type { User } from "@/api/types";

/** Who is signed in. Null only outside the signed-in pages. */
export function useSession(): User | null {
  return useQuery(sessionQuery).data ?? null;
}
