import type { QueryClient } from "@tanstack/react-query";
import { createRouter, type RouterHistory } from "@tanstack/react-router";

import { NotFound } from "./NotFound";
import { PageError } from "./PageError";
import { PagePending } from "./PagePending";
import { adminRoutes } from "./routes/admin";
import { albumsRoutes } from "./routes/albums";
import { artistsRoutes } from "./routes/artists";
import { authRoutes } from "./routes/auth";
import { certificateRoutes } from "./routes/certificate";
import { editsRoutes } from "./routes/edits";
import { genresRoutes } from "./routes/genres";
import { historyRoutes } from "./routes/history";
import { homeRoutes } from "./routes/home";
import { libraryRoutes } from "./routes/library";
import { playerRoutes } from "./routes/player";
import { playlistsRoutes } from "./routes/playlists";
import { profileRoutes } from "./routes/profile";
import { rootRoute, signedInRoute, unknownRoute } from "./routes/root";
import { searchRoutes } from "./routes/search";
import { songsRoutes } from "./routes/songs";
import { uploadRoutes } from "./routes/upload";

// Every feature has one file in routes/ and one line here.
const routeTree = rootRoute.addChildren([
  ...authRoutes,
  ...certificateRoutes,
  signedInRoute.addChildren([
    ...homeRoutes,
    ...albumsRoutes,
    ...artistsRoutes,
    ...editsRoutes,
    ...genresRoutes,
    ...searchRoutes,
    ...libraryRoutes,
    ...songsRoutes,
    ...adminRoutes,
    ...historyRoutes,
    ...playerRoutes,
    ...playlistsRoutes,
    ...profileRoutes,
    ...uploadRoutes,
    unknownRoute,
  ]),
]);

/** The pages of the client. Tests give it a history in memory. */
export function createAppRouter(queries: QueryClient, history?: RouterHistory) {
  return createRouter({
    routeTree,
    context: { queries },
    defaultPreload: "intent",
    // Queries decide what is fresh; the router must not keep a second opinion.
    defaultPreloadStaleTime: 0,
    defaultPendingMs: 150,
    defaultPendingComponent: PagePending,
    defaultErrorComponent: PageError,
    defaultNotFoundComponent: NotFound,
    scrollRestoration: true,
    scrollToTopSelectors: ["#main"],
    ...(history === undefined ? {} : { history }),
  });
}

export type AppRouter = ReturnType<typeof createAppRouter>;

declare module "@tanstack/react-router" {
  interface Register {
    router: AppRouter;
  }
}
