import type { QueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import { useTranslation } from "react-i18next";

import { sessionEvents } from "@/api/client";
import { sessionQuery } from "@/api/session";
import type { Player } from "@/engine/player";
import { toasts } from "@/lib/toasts";

import type { AppRouter } from "./router";

/** Goes to the sign-in page when the session ended elsewhere, and leaves nothing of it behind. */
export function useSignedOut(queries: QueryClient, router: AppRouter, player: Player): void {
  const { t } = useTranslation("shell");
  useEffect(
    () =>
      sessionEvents.on("signedOut", () => {
        if (queries.getQueryData(sessionQuery.queryKey) === null) return;
        forgetSession(queries, player);
        toasts.push(t("signedOut"));
        void router.invalidate();
      }),
    [queries, router, player, t],
  );
}

/** Drops everything that belongs to the person who was signed in. */
export function forgetSession(queries: QueryClient, player: Player): void {
  player.reset();
  queries.clear();
  queries.setQueryData(sessionQuery.queryKey, null);
}
