import type { QueryClient } from "@tanstack/react-query";
import { createMemoryHistory } from "@tanstack/react-router";
import { act, render, screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { beforeEach, expect, test, vi } from "vitest";

import { createQueryClient } from "@/api/queryClient";
import { answer, api } from "@/api/client";
import { Player } from "@/engine/player";
import { fakeApi } from "@/test/fakeApi";
import { FakeEngine } from "@/test/fakeEngine";
import { memoryStorage } from "@/test/memoryStorage";
import { startTexts } from "@/test/render";
import { user } from "@/test/samples";
import { track } from "@/test/tracks";

import { App } from "./App";
import { createAppRouter } from "./router";

const refused = { error: "Not signed in", code: "unauthorized" };
let signedIn: boolean;
let seen: string[];

beforeEach(async () => {
  await startTexts();
  signedIn = true;
  seen = fakeApi({
    "GET /auth/session": () => [200, signedIn ? { user } : {}],
    "GET /playlists": () => [200, { playlists: [], total: 0, nextCursor: null }],
    "GET /genres": () => (signedIn ? [200, { genres: [] }] : [401, refused]),
    "POST /auth/logout": () => [204],
  });
});

async function open(path: string, prepare?: (queries: QueryClient) => void) {
  const queries = createQueryClient();
  prepare?.(queries);
  const router = createAppRouter(queries, createMemoryHistory({ initialEntries: [path] }));
  const player = new Player({ engine: new FakeEngine(), storage: memoryStorage() });
  render(<App queries={queries} router={router} player={player} />);
  return { router, player };
}

const heading = (name: string) => screen.findByRole("heading", { level: 1, name });

test("a stranger is sent to sign in, and the wanted page is kept", async () => {
  signedIn = false;
  const { router } = await open("/library");
  expect(await heading("Sign in")).toBeVisible();
  expect(router.state.location.search).toEqual({ next: "/library" });
  await waitFor(() => expect(document.title).toBe("Sign in · Hathor"));
});

test("who is signed in sees the page in its frame", async () => {
  await open("/library");
  expect(await heading("Library")).toBeVisible();
  expect(screen.getByRole("navigation", { name: "Main" })).toBeVisible();
  expect(screen.getByRole("region", { name: "Player" })).toBeVisible();
  expect(await screen.findByText("None yet")).toBeVisible();
  expect(screen.getByRole("link", { name: "Skip to content" })).toHaveAttribute("href", "#main");
});

test("an unknown address is said inside the frame", async () => {
  await open("/nowhere");
  expect(await heading("There is no such page.")).toBeVisible();
  expect(screen.getByRole("navigation", { name: "Main" })).toBeVisible();
});

test("a server that does not answer is said, and asked again", async () => {
  vi.stubGlobal("fetch", () => Promise.reject(new TypeError("Failed to fetch")));
  await open("/library", (queries) => queries.setDefaultOptions({ queries: { retry: false } }));
  expect(await screen.findByText("The server does not answer.")).toBeVisible();
  fakeApi({ "GET /auth/session": () => [200, { user }] });
  await userEvent.click(screen.getByRole("button", { name: "Try now" }));
  expect(await heading("Library")).toBeVisible();
});

test("changing the page moves the focus to its start", async () => {
  await open("/library");
  await heading("Library");
  const rail = within(screen.getByRole("navigation", { name: "Main" }));
  await userEvent.click(rail.getByRole("link", { name: "Songs" }));
  await waitFor(() => expect(screen.getByRole("main")).toHaveFocus());
});

test("a session that ended elsewhere leads to sign in and leaves nothing playing", async () => {
  const { player } = await open("/library");
  await heading("Library");
  act(() => player.playTracks([track(1)]));
  signedIn = false;
  await act(() => answer(api.GET("/api/genres", {})).catch(() => undefined));
  expect(await heading("Sign in")).toBeVisible();
  expect(screen.getByText("You were signed out.")).toBeVisible();
  expect(player.snapshot().track).toBeNull();
});

test("signing out tells the server first", async () => {
  await open("/library");
  await heading("Library");
  await userEvent.click(screen.getByRole("button", { name: "Account of Jo Vance" }));
  await userEvent.click(await screen.findByRole("menuitem", { name: "Sign out" }));
  expect(await heading("Sign in")).toBeVisible();
  expect(seen).toContain("POST /auth/logout");
});

test("the list of shortcuts opens with a question mark, and letters can be switched on", async () => {
  const { router } = await open("/library");
  await heading("Library");
  await userEvent.keyboard("?");
  await userEvent.click(await screen.findByRole("switch", { name: "Single-letter shortcuts" }));
  await userEvent.keyboard("{Escape}");
  await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
  await userEvent.keyboard("a");
  await waitFor(() => expect(router.state.location.pathname).toBe("/albums"));
});

test("a slash goes to the search, which searches as one types", async () => {
  const { router } = await open("/library");
  await heading("Library");
  await userEvent.keyboard("/");
  expect(screen.getByRole("searchbox")).toHaveFocus();
  await userEvent.keyboard("tide");
  await waitFor(() =>
    expect(router.state.location).toMatchObject({ pathname: "/search", search: { q: "tide" } }),
  );
  expect(screen.getByRole("searchbox")).toHaveFocus();
});
