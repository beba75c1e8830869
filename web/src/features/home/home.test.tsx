import { screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, test } from "vitest";

import type { Album, Listen, PlaybackState, Song } from "@/api/types";
import { fakeApi } from "@/test/fakeApi";
import { renderPage } from "@/test/render";
import { album, freshPlayback, song, user } from "@/test/samples";
import { tracks } from "@/test/tracks";

import { HomePage } from "./HomePage";

const listen = (id: number, heard: Song): Listen => ({
  id,
  song: heard,
  at: "2026-03-04T12:00:00Z",
  duration: 200,
});

interface Library {
  state?: Partial<PlaybackState>;
  listens?: Listen[];
  played?: Album[];
  recent?: Album[];
  most?: Song[];
  total?: number;
}

/** A server with this library; parts named in broken answer 500. */
async function openHome(library: Library, broken: Set<string> = new Set()) {
  const { listens = [], played = [], recent = [], most = [], total = 20 } = library;
  const state = { ...freshPlayback, ...library.state };
  const list = (name: string, items: object[]) => ({ [name]: items, total, nextCursor: null });
  const sound = (part: string, body: object): [number, object] =>
    broken.has(part) ? [500, { error: "Out of order", code: "internal" }] : [200, body];
  const seen = fakeApi({
    "GET /auth/session": () => [200, { user: { ...user, role: "admin" } }],
    "GET /playback/state": () => sound("state", { state }),
    "GET /history": () => sound("history", { listens, nextCursor: null }),
    "GET /albums": ({ query }) =>
      query.get("sort") === "-lastPlayed"
        ? sound("back", list("albums", played))
        : sound("recent", list("albums", recent)),
    "GET /songs": () => sound("most", { ...list("songs", most), totalCapped: false }),
    "GET /songs/*": ({ params }) => [200, { song: song(Number(params[0])) }],
    "GET /albums/*": ({ params }) => [
      200,
      { album: album(Number(params[0])), songs: [song(1), song(2), song(3, { missing: true }), song(4)] },
    ],
  });
  return { seen, broken, ...(await renderPage(HomePage)) };
}

const shelf = (name: string) => screen.findByRole("region", { name });
const press = (name: string) => userEvent.click(screen.getByRole("button", { name }));

test("everything is asked for at once", async () => {
  const { seen } = await openHome({ recent: [album(1)] });
  await shelf("Recently added");
  const asked = seen.map((request) => request.replace(/[&?]limit=\d+/, ""));
  expect(asked).toEqual(
    expect.arrayContaining([
      "GET /playback/state",
      "GET /history",
      "GET /albums?sort=-lastPlayed",
      "GET /albums?sort=-createdAt",
      "GET /songs?sort=-plays",
    ]),
  );
});

test("Continue plays on from the kept place, and the queue follows", async () => {
  const queue = [1, 7, 8].map((songId, at) => ({ songId, entryId: at }));
  const { player, engine } = await openHome({
    state: { currentSongId: 7, position: 65_000, queue, queueIndex: 1, updatedAt: "2026-03-04T12:00:00Z" },
  });
  const panel = within(await shelf("Where you stopped"));
  expect(await panel.findByRole("heading", { name: "Song 7" })).toBeVisible();
  expect(panel.getByText(/2:15 left/)).toBeVisible();
  await press("Continue");
  expect(engine.track?.id).toBe(7);
  expect(engine.now.seconds).toBe(65);
  await waitFor(() => expect(player.snapshot().queue.entries.map((entry) => entry.track.id)).toEqual([7, 8]));
  await press("Pause");
  expect(engine.state().kind).toBe("paused");
});

test("without a kept place the last song stands there, and its album follows without the missing songs", async () => {
  const { player, engine } = await openHome({
    listens: [listen(2, song(9, { missing: true })), listen(1, song(2))],
  });
  expect(await screen.findByRole("heading", { name: "Song 2" })).toBeVisible();
  expect(screen.queryByText(/left/)).toBeNull();
  await press("Continue");
  expect(engine.now.seconds).toBe(0);
  await waitFor(() => expect(player.snapshot().queue.entries.map((entry) => entry.track.id)).toEqual([2, 4]));
});

test("what others queue meanwhile is not disturbed by what follows", async () => {
  const { player } = await openHome({ listens: [listen(1, song(2))] });
  await screen.findByRole("heading", { name: "Song 2" });
  await press("Continue");
  player.playTracks(tracks(99));
  await waitFor(() => expect(player.snapshot().queue.entries.map((entry) => entry.track.id)).toEqual([99]));
});

test("only albums that were heard are there to jump back into", async () => {
  await openHome({
    played: [album(1), album(2)],
    recent: [album(2)],
    listens: [listen(1, song(1, { albumId: 1 }))],
  });
  const back = within(await shelf("Jump back in"));
  expect(back.getByText("Album 1")).toBeVisible();
  expect(back.queryByText("Album 2")).toBeNull();
  expect(back.getByRole("link", { name: "History" })).toHaveAttribute("href", "/history");
});

test("who heard nothing sees what is new, and no panel", async () => {
  await openHome({ played: [album(2)], recent: [album(2)], most: [song(1)] });
  await shelf("Recently added");
  for (const name of ["Where you stopped", "Jump back in", "Most played"])
    expect(screen.queryByRole("region", { name })).toBeNull();
});

test("the ranking counts plays and plays from a place", async () => {
  const { engine, player } = await openHome({
    most: [song(5, { plays: 12 }), song(6, { plays: 3 }), song(7)],
  });
  const most = within(await shelf("Most played"));
  expect(most.getAllByRole("listitem")).toHaveLength(2);
  expect(most.getByText("12 plays")).toBeInTheDocument();
  await press("Play Song 6");
  expect(engine.track?.id).toBe(6);
  expect(player.snapshot().queue.entries).toHaveLength(2);
});

test("a cover plays its album", async () => {
  const { engine } = await openHome({ recent: [album(3)] });
  await shelf("Recently added");
  await press("Play Album 3");
  await waitFor(() => expect(engine.track?.id).toBe(1));
});

test("an empty library says what to do", async () => {
  await openHome({ total: 0 });
  expect(await screen.findByRole("heading", { level: 1, name: "Nothing on the line yet." })).toBeVisible();
  expect(screen.getByRole("link", { name: "Add music" })).toHaveAttribute("href", "/upload");
  expect(await screen.findByRole("link", { name: "Read a folder on the server" })).toBeVisible();
  expect(screen.getAllByRole("definition")).toHaveLength(3);
});

test("what failed is named, the rest stays, and it is tried again", async () => {
  const { broken } = await openHome(
    { recent: [album(1)], most: [song(5, { plays: 2 })] },
    new Set(["recent"]),
  );
  const alert = await screen.findByRole("alert");
  expect(alert).toHaveTextContent("Could not be loaded: Recently added.");
  expect(alert).toHaveTextContent("0:10");
  expect(await shelf("Most played")).toBeVisible();
  broken.clear();
  await press("Try now");
  expect(await shelf("Recently added")).toBeVisible();
  expect(screen.queryByRole("alert")).toBeNull();
});
