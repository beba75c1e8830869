import { createRoute } from "@tanstack/react-router";

import { page } from "./page";
import { signedInRoute } from "./root";

const nowRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: "/now",
  component: page(["now", "rows"], () => import("@/features/player/NowPage"), "NowPage"),
});

export const playerRoutes = [nowRoute] as const;
