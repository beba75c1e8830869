import { createRoute } from "@tanstack/react-router";

import { page } from "./page";
import { signedInRoute } from "./root";

/**
 * The admin's house is one route, so that none of its pages weighs on the first load: what stands below /admin is in
 * app/admin/pages.ts, which comes with the frame. Link to a page of it with `to="/admin/$" params={{ _splat: "scan" }}`.
 */
const adminRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: "/admin/$",
  component: page("admin", () => import("../admin/AdminFrame"), "AdminFrame"),
});

export const adminRoutes = [adminRoute] as const;
