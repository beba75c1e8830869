import { screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, expect, test, vi } from "vitest";

import { fakeApi } from "@/test/fakeApi";
import { renderPage } from "@/test/render";
import { album, artist, playlist, song, user } from "@/test/samples";

import { Palette } from "./Palette";

afterEach(() => localStorage.clear());

function library(role: "admin" | "member" = "member") {
  return fakeApi({
    "GET /auth/session": () => [200, { user: { ...user, role } }],
    "GET /playlists": () => [
      200,
      { playlists: [playlist(7, { name: "Kestrels" })], total: 1, nextCursor: null },
    ],
    "GET /search": ({ query }) =>
      query.get("q") === "nothing"
        ? [200, { songs: [], albums: [], artists: [] }]
        : [200, { songs: [song(1), song(2)], albums: [album(3)], artists: [artist(4)] }],
  });
}

async function open(role?: "admin" | "member") {
  const seen = library(role);
  const close = vi.fn();
  const view = await renderPage(() => <Palette onClose={close} onShowKeys={() => undefined} />);
  return { ...view, seen, close, field: await screen.findByRole("combobox") };
}

/** The option that Enter would take. */
const chosen = () => screen.findByRole("option", { selected: true });

test("pages and actions are there before a word is typed, and the arrow keys go round", async () => {
  const { field } = await open();
  expect(field).toHaveFocus();
  const first = await chosen();
  expect(field).toHaveAttribute("aria-activedescendant", first.id);
  await userEvent.keyboard("{ArrowUp}");
  expect(await chosen()).toHaveTextContent("Profile");
  await userEvent.keyboard("{ArrowDown}");
  expect(await chosen()).toBe(first);
});

test("words find songs, albums, artists and playlists, and Enter plays a song", async () => {
  const { player, close } = await open();
  await userEvent.keyboard("ke");
  const songs = await screen.findByRole("group", { name: "Songs" });
  await waitFor(() => expect(within(songs).getAllByRole("option")).toHaveLength(2));
  expect(screen.getByRole("option", { name: "Album 3 Marit Sølvberg" })).toBeVisible();
  expect(screen.getByRole("option", { name: "Artist 4 18 songs" })).toBeVisible();
  expect(screen.getByRole("option", { name: "Kestrels 3 songs" })).toBeVisible();
  await userEvent.click(within(songs).getByRole("option", { name: "Song 2 Marit Sølvberg" }));
  expect(player.snapshot().track?.title).toBe("Song 2");
  expect(close).toHaveBeenCalled();
});

test("a page opens by a few letters and stands first the next time", async () => {
  const { router, unmount } = await open();
  await userEvent.keyboard("artis");
  expect(await chosen()).toHaveTextContent("Artists");
  await userEvent.keyboard("{Enter}");
  await waitFor(() => expect(router.state.location.pathname).toBe("/artists"));
  unmount();
  await open();
  const recent = await screen.findByRole("group", { name: "Recent" });
  expect(within(recent).getByRole("option", { name: "Artists", selected: true })).toBeVisible();
});

test("only admins scan", async () => {
  const { unmount } = await open();
  expect(screen.queryByRole("option", { name: "Scan the library folders" })).toBeNull();
  unmount();
  await open("admin");
  expect(await screen.findByRole("option", { name: "Scan the library folders" })).toBeVisible();
});

test("it says when nothing is found", async () => {
  await open();
  await userEvent.keyboard("nothing");
  await waitFor(() => expect(screen.getByRole("status")).toHaveTextContent("Nothing for “nothing”."));
});
