import { createRoute } from "@tanstack/react-router";

import { page } from "./page";
import { signedInRoute } from "./root";

const profileRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: "/profile",
  component: page("profile", () => import("@/features/profile/ProfilePage"), "ProfilePage"),
});

const securityRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: "/profile/security",
  component: page("security", () => import("@/features/profile/SecurityPage"), "SecurityPage"),
});

export const profileRoutes = [profileRoute, securityRoute] as const;
