import type { QueryClient } from "@tanstack/react-query";
import { createRootRouteWithContext, createRoute, redirect } from "@tanstack/react-router";

import { sessionQuery } from "@/api/session";

import { NotFound } from "../NotFound";
import { Shell } from "../shell/Shell";
import { StartError } from "../StartError";

export interface RouterContext {
  queries: QueryClient;
}

export const rootRoute = createRootRouteWithContext<RouterContext>()();

/** The parent of every page that needs an account: it draws the shell and sends strangers to sign in. */
export const signedInRoute = createRoute({
  getParentRoute: () => rootRoute,
  id: "signed-in",
  component: Shell,
  // Before it is known who is signed in there is no frame to draw.
  pendingComponent: () => null,
  errorComponent: StartError,
  beforeLoad: async ({ context, location }) => {
    const user = await context.queries.ensureQueryData(sessionQuery);
    if (user === null) throw redirect({ to: "/sign-in", search: { next: location.href } });
  },
});

/** Every other address: said inside the shell, so that the way on is in reach. */
export const unknownRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: "$",
  component: NotFound,
});
