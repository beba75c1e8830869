import { createRoute } from "@tanstack/react-router";

import { page } from "./page";
import { signedInRoute } from "./root";

const playlistsRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: "/playlists",
  validateSearch: (search: Record<string, unknown>): { make?: true } =>
    search["make"] === true ? { make: true } : {},
  component: page("playlists", () => import("@/features/playlists/PlaylistsPage"), "PlaylistsPage"),
});

const playlistRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: "/playlists/$id",
  component: page(["playlists", "rows"], () => import("@/features/playlists/PlaylistPage"), "PlaylistPage"),
});

export const playlistsRoutes = [playlistsRoute, playlistRoute] as const;
