import { queryOptions } from "@tanstack/react-query";

import { answer, api } from "./client";
import type { Log } from "./types";

const KEPT_LINES = 2000;
const FOLLOW_MS = 2000;

/** The settings in force. */
export const configurationQuery = queryOptions({
  queryKey: ["admin", "configuration"],
  queryFn: async ({ signal }) => (await answer(api.GET("/api/admin/config", { signal }))).settings,
});

/** The log's last lines. Asked again, it fetches only what is new; followed, it asks by itself while it is looked at. */
export function logQuery(follow: boolean) {
  return queryOptions({
    queryKey: ["admin", "log"],
    queryFn: async ({ signal, client }): Promise<Log> => {
      const before = client.getQueryData<Log>(["admin", "log"]);
      const query = { after: before?.newest ?? 0, limit: KEPT_LINES };
      const log = await answer(api.GET("/api/admin/log", { params: { query }, signal }));
      // A server that was started anew counts its lines anew.
      if (before === undefined || log.newest < before.newest) return log;
      return { newest: log.newest, lines: [...before.lines, ...log.lines].slice(-KEPT_LINES) };
    },
    refetchInterval: follow ? FOLLOW_MS : false,
  });
}
