import { createRoute } from "@tanstack/react-router";

import { page } from "./page";
import { signedInRoute } from "./root";

const historyRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: "/history",
  component: page(["history", "rows"], () => import("@/features/history/HistoryPage"), "HistoryPage"),
});

export const historyRoutes = [historyRoute] as const;
