import { createRoute } from "@tanstack/react-router";

import { page } from "./page";
import { signedInRoute } from "./root";

const profileRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: "/profile",
  component: page("profile", () => import("@/features/profile/ProfilePage"), "ProfilePage"),
});

export const profileRoutes = [profileRoute] as const;
