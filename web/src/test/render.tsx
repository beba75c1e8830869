import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import {
  createMemoryHistory,
  createRootRoute,
  createRoute,
  createRouter,
  RouterProvider,
} from "@tanstack/react-router";
import { render } from "@testing-library/react";
import i18next from "i18next";
import type { ReactNode } from "react";
import { initReactI18next } from "react-i18next";

import { Player } from "@/engine/player";
import { PlayerContext } from "@/hooks/PlayerContext";

import { FakeEngine } from "./fakeEngine";
import { memoryStorage } from "./memoryStorage";

const files = import.meta.glob<Record<string, unknown>>("../i18n/locales/en/*.json", {
  import: "default",
  eager: true,
});

/** All English texts, at once. */
export async function startTexts(): Promise<void> {
  if (i18next.isInitialized) return;
  const texts = Object.fromEntries(
    Object.entries(files).map(([path, file]) => [path.replace(/^.*\/|\.json$/g, ""), file]),
  );
  await i18next.use(initReactI18next).init({
    lng: "en",
    resources: { en: texts },
    defaultNS: "common",
    interpolation: { escapeValue: false },
  });
}

interface PageOptions {
  /** The route's pattern, as the page's parameters need it. */
  path?: string;
  /** The address to open. */
  at?: string;
}

/** Draws one page with everything around it that it may use, but a silent player. */
export async function renderPage(Page: () => ReactNode, { path = "/", at = "/" }: PageOptions = {}) {
  await startTexts();
  const engine = new FakeEngine();
  const player = new Player({ engine, storage: memoryStorage() });
  const queries = new QueryClient({
    defaultOptions: { queries: { retry: false }, mutations: { retry: false } },
  });
  const root = createRootRoute();
  const layout = createRoute({ getParentRoute: () => root, id: "signed-in" });
  const page = createRoute({ getParentRoute: () => layout, path, component: Page });
  const elsewhere = createRoute({ getParentRoute: () => root, path: "$", component: () => <p>elsewhere</p> });
  const router = createRouter({
    routeTree: root.addChildren([elsewhere, layout.addChildren([page])]),
    history: createMemoryHistory({ initialEntries: [at] }),
  });
  const view = render(
    <QueryClientProvider client={queries}>
      <PlayerContext value={player}>
        {/* The registered type is the application's router; this one has a single page. */}
        <RouterProvider router={router as never} />
      </PlayerContext>
    </QueryClientProvider>,
  );
  await router.load();
  return { ...view, player, engine, queries, router };
}
