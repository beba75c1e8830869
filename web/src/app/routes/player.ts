import { createRoute } from "@tanstack/react-router";

import { page } from "./page";
import { signedInRoute } from "./root";

const nowRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: "/now",
  component: page(["now", "rows"], () => import("@/features/player/NowPage"), "NowPage"),
});

const queueRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: "/queue",
  component: page(["queue", "rows"], () => import("@/features/player/QueuePage"), "QueuePage"),
});

export const playerRoutes = [nowRoute, queueRoute] as const;
