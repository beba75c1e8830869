import { createRoute } from "@tanstack/react-router";

import { page } from "./page";
import { signedInRoute } from "./root";

const libraryRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: "/library",
  component: page("shell", () => import("@/features/library/LibraryPage"), "LibraryPage"),
});

export const libraryRoutes = [libraryRoute] as const;
