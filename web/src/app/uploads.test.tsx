import { createMemoryHistory } from "@tanstack/react-router";
import { act, render, screen, waitFor } from "@testing-library/react";
import { afterEach, beforeEach, expect, test } from "vitest";

import { createQueryClient } from "@/api/queryClient";
import { Player } from "@/engine/player";
import { uploads } from "@/hooks/uploads";
import { fakeApi } from "@/test/fakeApi";
import { FakeEngine } from "@/test/fakeEngine";
import { fakeUploads } from "@/test/fakeUploads";
import { memoryStorage } from "@/test/memoryStorage";
import { startTexts } from "@/test/render";
import { song, user } from "@/test/samples";

import { App } from "./App";
import { createAppRouter } from "./router";

let seen: string[];

beforeEach(async () => {
  await startTexts();
  seen = fakeApi({
    "GET /auth/session": () => [200, { user }],
    "GET /playlists": () => [200, { playlists: [], total: 0, nextCursor: null }],
    "GET /uploads": () => [200, { uploads: [], total: 0, nextCursor: null }],
  });
});
afterEach(() => act(() => uploads.reset()));

async function open() {
  const sent = fakeUploads();
  const queries = createQueryClient();
  const router = createAppRouter(queries, createMemoryHistory({ initialEntries: ["/library"] }));
  const player = new Player({ engine: new FakeEngine(), storage: memoryStorage() });
  render(<App queries={queries} router={router} player={player} />);
  await screen.findByRole("heading", { level: 1, name: "Library" });
  return { sent, router };
}

/** Files dragged over the window, as a browser tells it. */
function dragged(kind: string, types: string[]) {
  const file = new File(["x"], "1.mp3");
  const entry = { isFile: true, fullPath: "/1.mp3", file: (done: (file: File) => void) => done(file) };
  const items = [{ kind: "file", webkitGetAsEntry: () => entry }];
  const event = new Event(kind, { cancelable: true, bubbles: true });
  return Object.assign(event, { dataTransfer: { types, items, files: [file], dropEffect: "none" } });
}

test("files dropped on any page lead to the uploads, which go on elsewhere", async () => {
  const { sent, router } = await open();
  await waitFor(() => {
    act(() => void window.dispatchEvent(dragged("dragover", ["Files"])));
    expect(screen.getByText("Drop to add to the library")).toBeVisible();
  });
  act(() => void window.dispatchEvent(dragged("drop", ["Files"])));
  await waitFor(() => expect(router.state.location.pathname).toBe("/upload"));
  expect(await screen.findByText("0 of 1 here")).toBeVisible();
  expect(screen.queryByText("Drop to add to the library")).toBeNull();

  await act(() => router.navigate({ to: "/library" }));
  seen.length = 0;
  await waitFor(() => expect(sent).toHaveLength(1));
  act(() => sent[0]?.arrive({ id: 5, state: "done", song: song(1) }));
  expect(await screen.findByText("1 song added.")).toBeVisible();
  await waitFor(() => expect(seen).toContain("GET /playlists?limit=500"));
});

test("a dragged link is none of its business", async () => {
  await open();
  const event = dragged("dragover", ["text/uri-list"]);
  act(() => void window.dispatchEvent(event));
  expect(event.defaultPrevented).toBe(false);
  expect(screen.queryByText("Drop to add to the library")).toBeNull();
});
