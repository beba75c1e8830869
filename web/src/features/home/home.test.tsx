import { screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, test } from "vitest";

import { fakeApi } from "@/test/fakeApi";
import { renderPage } from "@/test/render";
import { album, song, user } from "@/test/samples";

import { HomePage } from "./HomePage";

const songs = [1, 2, 3].map((id) => song(id, { albumId: 7, album: "Low Water Marks", plays: 4 - id }));

function server({ stopped = null as number | null, total = 3, broken = false } = {}) {
  return fakeApi({
    "GET /auth/session": () => [200, { user: { ...user, role: "admin" } }],
    "GET /playback/state": () => [
      200,
      { state: { currentSongId: stopped, position: 95_000, updatedAt: "2026-03-04T12:00:00Z", queue: [] } },
    ],
    "GET /songs/*": ({ params: [id] }) => [200, { song: songs.find((one) => one.id === Number(id)) ?? null }],
    "GET /albums/7": () => [200, { album: album(7), songs }],
    "GET /albums": () =>
      broken
        ? [400, { error: "Not now", code: "bad" }]
        : [200, { albums: [album(7)], total, nextCursor: null }],
    "GET /songs": () => [200, { songs: total === 0 ? [] : [...songs, song(9)], total, nextCursor: null }],
  });
}

test("home goes on where one stopped, in the song and at its second", async () => {
  server({ stopped: 2 });
  const { player, engine } = await renderPage(HomePage);
  const resume = within(await screen.findByRole("region", { name: "Go on listening" }));
  expect(resume.getByRole("heading", { name: "Low Water Marks" })).toBeVisible();
  expect(await resume.findByText(/5:05 left/)).toBeVisible();
  await userEvent.click(resume.getByRole("button", { name: "Continue" }));
  expect(player.snapshot().track?.id).toBe(2);
  expect(player.snapshot().queue.entries).toHaveLength(3);
  expect(engine.position().seconds).toBe(95);
  await userEvent.click(resume.getByRole("button", { name: "Pause" }));
  expect(player.snapshot().wantsToPlay).toBe(false);
});

test("without a stop there is no panel, and only what was played is ranked", async () => {
  server();
  const { player } = await renderPage(HomePage);
  const most = within(await screen.findByRole("region", { name: "Most played" }));
  expect(screen.queryByRole("region", { name: "Go on listening" })).toBeNull();
  expect(most.getAllByRole("listitem")).toHaveLength(3);
  await userEvent.click(most.getByRole("button", { name: "Play Song 2" }));
  expect(player.snapshot().track?.id).toBe(2);
  expect(screen.getByRole("link", { name: "All: Recently added" })).toHaveAttribute(
    "href",
    expect.stringContaining("createdAt"),
  );
});

test("an empty library says how to fill it", async () => {
  server({ total: 0 });
  await renderPage(HomePage);
  expect(await screen.findByRole("heading", { name: "Nothing on the line yet." })).toBeVisible();
  expect(screen.getByRole("link", { name: "Add music" })).toHaveAttribute("href", "/upload");
});

test("a shelf that fails is said to, above what is there", async () => {
  server({ broken: true });
  await renderPage(HomePage);
  expect(await screen.findByRole("alert")).toHaveTextContent("Not now");
  expect(screen.getByRole("region", { name: "Most played" })).toBeVisible();
});
