import { infiniteQueryOptions, keepPreviousData } from "@tanstack/react-query";

import { answer, api } from "./client";

const PAGE = 50;

/** Which events are asked for; what is empty does not filter. */
export interface AuditFilter {
  readonly action: string;
  /** A user's id. */
  readonly user: string;
  /** Days in the reader's zone, as a date field gives them; both are included. */
  readonly from: string;
  readonly to: string;
}

/** The audit log, newest first. */
export const auditQuery = ({ action, user, from, to }: AuditFilter) =>
  infiniteQueryOptions({
    queryKey: ["admin", "audit", action, user, from, to],
    queryFn: ({ pageParam: cursor, signal }) => {
      const query = {
        limit: PAGE,
        ...(action !== "" && { action }),
        ...(user !== "" && { user: Number(user) }),
        ...(from !== "" && { from: dayStart(from, 0) }),
        ...(to !== "" && { to: dayStart(to, 1) }),
        ...(cursor !== "" && { cursor }),
      };
      return answer(api.GET("/api/audit", { params: { query }, signal }));
    },
    initialPageParam: "",
    getNextPageParam: ({ nextCursor }) => nextCursor,
    placeholderData: keepPreviousData,
  });

/** The moment a day begins, some days later. */
function dayStart(day: string, later: number): string {
  const date = new Date(`${day}T00:00:00`);
  date.setDate(date.getDate() + later);
  return date.toISOString();
}
