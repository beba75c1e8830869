import { createRoute } from "@tanstack/react-router";

import { page } from "./page";
import { signedInRoute } from "./root";

/** The words come as text even when they look like a number. */
const validateSearch = ({ q }: Record<string, unknown>): { q?: string } =>
  q === undefined || q === "" ? {} : { q: String(q) };

const searchRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: "/search",
  validateSearch,
  component: page(["search", "rows"], () => import("@/features/search/SearchPage"), "SearchPage"),
});

export const searchRoutes = [searchRoute] as const;
