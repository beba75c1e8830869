import { createRoute, redirect } from "@tanstack/react-router";

import { sessionQuery } from "@/api/session";

import { page } from "./page";
import { rootRoute, type RouterContext } from "./root";

interface AuthSearch {
  /** The page to open after signing in. */
  next?: string;
}

const validateSearch = (search: Record<string, unknown>): AuthSearch =>
  typeof search["next"] === "string" ? { next: search["next"] } : {};

/** Who is signed in already has nothing to do here. */
const beforeLoad = async ({ context }: { context: RouterContext }) => {
  const user = await context.queries.ensureQueryData(sessionQuery);
  if (user !== null) throw redirect({ to: "/" });
};

const signInRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/sign-in",
  validateSearch,
  beforeLoad,
  component: page("auth", () => import("@/features/auth/SignInPage"), "SignInPage"),
});

const signUpRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/sign-up",
  validateSearch,
  beforeLoad,
  component: page("auth", () => import("@/features/auth/SignUpPage"), "SignUpPage"),
});

export const authRoutes = [signInRoute, signUpRoute] as const;
