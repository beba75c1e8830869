import { createRoute } from "@tanstack/react-router";

import { readAlbumSearch } from "@/features/albums/albumSearch";

import { page } from "./page";
import { signedInRoute } from "./root";

const albumsRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: "/albums",
  validateSearch: readAlbumSearch,
  component: page(["albums", "rows"], () => import("@/features/albums/AlbumsPage"), "AlbumsPage"),
});

const albumRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: "/albums/$id",
  component: page(["albums", "rows"], () => import("@/features/albums/AlbumPage"), "AlbumPage"),
});

export const albumsRoutes = [albumsRoute, albumRoute] as const;
