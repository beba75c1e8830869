import { createMemoryHistory } from "@tanstack/react-router";
import { render, screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, test } from "vitest";

import { createQueryClient } from "@/api/queryClient";
import { Player } from "@/engine/player";
import { fakeApi } from "@/test/fakeApi";
import { FakeEngine } from "@/test/fakeEngine";
import { memoryStorage } from "@/test/memoryStorage";
import { startTexts } from "@/test/render";
import { user } from "@/test/samples";

import { App } from "../App";
import { createAppRouter } from "../router";

const quiet = {
  ...{ running: false, seen: 0, added: 0, updated: 0, missing: 0, failed: 0 },
  ...{ read: 0, total: 0, perSecond: null, secondsLeft: null, follows: [] },
};

async function open(path: string, role: "admin" | "member" = "admin") {
  await startTexts();
  const seen = fakeApi({
    "GET /auth/session": () => [200, { user: { ...user, role } }],
    "GET /playlists": () => [200, { playlists: [], total: 0, nextCursor: null }],
    "GET /library/scan": () => [200, { ...quiet, startedAt: null, finishedAt: null }],
    "GET /library/scan/errors": () => [200, { errors: [], total: 0 }],
    "GET /libraries": () => [200, { libraries: [] }],
    "GET /health": () => [200, { status: "ok", checks: {}, timestamp: "", uptime: 1, version: "2.0.0" }],
  });
  const queries = createQueryClient();
  const router = createAppRouter(queries, createMemoryHistory({ initialEntries: [path] }));
  const player = new Player({ engine: new FakeEngine(), storage: memoryStorage() });
  render(<App queries={queries} router={router} player={player} />);
  return { router, seen };
}

const heading = (name: string) => screen.findByRole("heading", { level: 1, name });
const navigation = () => within(screen.getByRole("navigation", { name: "Administration" }));

test("the house opens at its overview, and the open page is marked", async () => {
  const { router } = await open("/admin");
  expect(await heading("Overview")).toBeVisible();
  expect(navigation().getByRole("link", { current: "page" })).toHaveTextContent("Overview");
  await userEvent.click(navigation().getByRole("link", { name: "Scan" }));
  expect(await heading("Scan")).toBeVisible();
  expect(router.state.location.pathname).toBe("/admin/scan");
  expect(navigation().getAllByRole("link", { current: "page" })).toHaveLength(1);
  expect(navigation().getByRole("link", { current: "page" })).toHaveTextContent("Scan");
});

test("the keyboard stays in the navigation, and goes through it", async () => {
  await open("/admin/scan");
  await heading("Scan");
  navigation().getByRole("link", { name: "Libraries" }).focus();
  await userEvent.keyboard("{Enter}");
  expect(await heading("Libraries")).toBeVisible();
  expect(navigation().getByRole("link", { name: "Libraries" })).toHaveFocus();
});

test("a page that is not there is said inside the house", async () => {
  await open("/admin/nowhere");
  expect(await heading("There is no such page.")).toBeVisible();
  expect(navigation().queryByRole("link", { current: "page" })).toBeNull();
});

test("who is no administrator is told so, and nothing is asked", async () => {
  const { seen } = await open("/admin/scan", "member");
  expect(await screen.findByText("This page is for administrators.")).toBeVisible();
  expect(seen.filter((request) => /library|libraries|health/.test(request))).toEqual([]);
});
