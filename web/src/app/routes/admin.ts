import { createRoute } from "@tanstack/react-router";

import { page } from "./page";
import { signedInRoute } from "./root";

const adminRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: "/admin",
  component: page("admin", () => import("@/features/admin/AdminPage"), "AdminPage"),
});

export const adminRoutes = [adminRoute] as const;
