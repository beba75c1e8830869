import { type QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { RouterProvider } from "@tanstack/react-router";
import { lazy, Suspense } from "react";

import type { Player } from "@/engine/player";
import { PlayerContext } from "@/hooks/PlayerContext";
import { toasts } from "@/lib/toasts";

import type { Output } from "./follow/follower";
import { OutputContext, soundsHere } from "./OutputContext";
import type { AppRouter } from "./router";
import { SongDialogHost } from "./SongDialogHost";
import { useSignedOut } from "./useSignedOut";

// Nothing is to be told before there is a page.
const ToastRegion = lazy(() =>
  import("@/ui/ToastRegion").then((module) => ({ default: module.ToastRegion })),
);

interface AppProps {
  queries: QueryClient;
  router: AppRouter;
  player: Player;
  output?: Output;
}

/** Everything around the pages. */
export function App({ queries, router, player, output = soundsHere }: AppProps) {
  useSignedOut(queries, router, player);
  return (
    <QueryClientProvider client={queries}>
      <PlayerContext value={player}>
        <OutputContext value={output}>
          <RouterProvider router={router} />
        </OutputContext>
        <SongDialogHost />
        <Suspense>
          <ToastRegion source={toasts} />
        </Suspense>
      </PlayerContext>
    </QueryClientProvider>
  );
}
