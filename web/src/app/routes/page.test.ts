import type { AsyncRouteComponent } from "@tanstack/react-router";
import { expect, test } from "vitest";

import { page, PageNotFetched } from "./page";

test("a page whose code does not come says so, and nothing is loaded anew behind the music's back", async () => {
  const cause = new TypeError("Failed to fetch dynamically imported module: /assets/Page.js");
  const lazy: unknown = page([], () => Promise.reject<Record<"Page", () => null>>(cause), "Page");
  const Page = lazy as AsyncRouteComponent<object> & ((props: object) => unknown);
  await Page.preload?.();
  expect(() => Page({})).toThrow(PageNotFetched);
});
