import { createRoute } from "@tanstack/react-router";

import { page } from "./page";
import { signedInRoute } from "./root";

const genresRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: "/genres",
  component: page("genres", () => import("@/features/genres/GenresPage"), "GenresPage"),
});

const genreRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: "/genres/$name",
  component: page(["genres", "rows"], () => import("@/features/genres/GenrePage"), "GenrePage"),
});

export const genresRoutes = [genresRoute, genreRoute] as const;
