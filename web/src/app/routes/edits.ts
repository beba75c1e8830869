import { createRoute } from "@tanstack/react-router";

import { page } from "./page";
import { signedInRoute } from "./root";

const editsRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: "/edits",
  component: page("editor", () => import("@/features/editor/EditsPage"), "EditsPage"),
});

export const editsRoutes = [editsRoute] as const;
