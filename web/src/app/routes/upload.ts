import { createRoute } from "@tanstack/react-router";

import { page } from "./page";
import { signedInRoute } from "./root";

const uploadRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: "/upload",
  component: page("upload", () => import("@/features/upload/UploadPage"), "UploadPage"),
});

export const uploadRoutes = [uploadRoute] as const;
