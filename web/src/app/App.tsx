import { type QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { RouterProvider } from "@tanstack/react-router";

import type { Player } from "@/engine/player";
import { PlayerContext } from "@/hooks/PlayerContext";
import { toasts } from "@/lib/toasts";
import { ToastRegion } from "@/ui/ToastRegion";

import type { Output } from "./follow/follower";
import { OutputContext, soundsHere } from "./OutputContext";
import type { AppRouter } from "./router";
import { SongDialogHost } from "./SongDialogHost";
import { usePlayerNotices } from "./usePlayerNotices";
import { useSignedOut } from "./useSignedOut";

interface AppProps {
  queries: QueryClient;
  router: AppRouter;
  player: Player;
  output?: Output;
}

/** Everything around the pages. */
export function App({ queries, router, player, output = soundsHere }: AppProps) {
  usePlayerNotices(player);
  useSignedOut(queries, router, player);
  return (
    <QueryClientProvider client={queries}>
      <PlayerContext value={player}>
        <OutputContext value={output}>
          <RouterProvider router={router} />
        </OutputContext>
        <SongDialogHost />
        <ToastRegion source={toasts} />
      </PlayerContext>
    </QueryClientProvider>
  );
}
