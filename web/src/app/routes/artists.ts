import { createRoute } from "@tanstack/react-router";

import { readArtistSearch } from "@/features/artists/artistSearch";

import { page } from "./page";
import { signedInRoute } from "./root";

const artistsRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: "/artists",
  validateSearch: readArtistSearch,
  component: page(["artists", "rows"], () => import("@/features/artists/ArtistsPage"), "ArtistsPage"),
});

const artistRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: "/artists/$id",
  component: page(["artists", "rows"], () => import("@/features/artists/ArtistPage"), "ArtistPage"),
});

export const artistsRoutes = [artistsRoute, artistRoute] as const;
