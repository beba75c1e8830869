import { createRoute } from "@tanstack/react-router";

import { page } from "./page";
import { rootRoute } from "./root";

/** Open to everybody: a device that does not trust the server yet has nobody signed in. */
const certificateRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/certificate",
  component: page("certificate", () => import("@/features/certificate/CertificatePage"), "CertificatePage"),
});

export const certificateRoutes = [certificateRoute] as const;
