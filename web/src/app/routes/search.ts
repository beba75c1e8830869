import { createRoute } from "@tanstack/react-router";

import { readSearchAddress } from "@/features/search/searchAddress";

import { page } from "./page";
import { signedInRoute } from "./root";

const searchRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: "/search",
  validateSearch: readSearchAddress,
  component: page(["search", "rows"], () => import("@/features/search/SearchPage"), "SearchPage"),
});

export const searchRoutes = [searchRoute] as const;
