import { createRoute } from "@tanstack/react-router";

import { prefetchHome } from "@/features/home/homeQueries";

import { page } from "./page";
import { signedInRoute } from "./root";

const homeRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: "/",
  // Not awaited: the page draws what is there and its skeleton for the rest.
  loader: ({ context }) => prefetchHome(context.queries),
  component: page(["home", "rows"], () => import("@/features/home/HomePage"), "HomePage"),
});

export const homeRoutes = [homeRoute] as const;
