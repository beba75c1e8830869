import { createRoute } from "@tanstack/react-router";

import { page } from "./page";
import { signedInRoute } from "./root";

const homeRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: "/",
  component: page(["home", "rows"], () => import("@/features/home/HomePage"), "HomePage"),
});

export const homeRoutes = [homeRoute] as const;
