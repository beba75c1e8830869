import { createRoute } from "@tanstack/react-router";

import { readSongSearch } from "@/features/songs/songSearch";

import { page } from "./page";
import { signedInRoute } from "./root";

const songsRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: "/songs",
  validateSearch: readSongSearch,
  component: page(["songs", "rows"], () => import("@/features/songs/SongsPage"), "SongsPage"),
});

export const songsRoutes = [songsRoute] as const;
