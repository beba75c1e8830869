import { act, screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, test } from "vitest";

import { songDialogs } from "@/hooks/songDialogs";
import { fakeApi } from "@/test/fakeApi";
import { inScroller } from "@/test/inScroller";
import { renderPage } from "@/test/render";
import { song, user } from "@/test/samples";

import { readSongSearch } from "./songSearch";
import { SongsPage } from "./SongsPage";

const TOTAL = 10_000;

/** A library of numbered songs, by pages as the server gives them. */
function library(total = TOTAL) {
  return fakeApi({
    "GET /auth/session": () => [200, { user }],
    "GET /genres": () => [200, { genres: [{ name: "Jazz", songCount: total }] }],
    "PUT /songs/*/like": () => [204],
    "GET /songs": ({ query }) => {
      const from = Number(query.get("cursor") ?? query.get("offset") ?? 0);
      const limit = Number(query.get("limit"));
      const count = Math.max(0, Math.min(limit, total - from));
      const songs = Array.from({ length: count }, (_, at) => song(from + at + 1));
      const next = from + limit;
      return [200, { songs, total, nextCursor: next < total ? String(next) : null }];
    },
  });
}

const open = (at = "/songs") => renderPage(inScroller(SongsPage), { path: "/songs", at });

/** The table as a listener uses it. */
const table = {
  row: async (title: string) => {
    const row = (await screen.findByRole("checkbox", { name: `Select ${title}` })).closest("[role=row]");
    if (!(row instanceof HTMLElement)) throw new Error(`no row of ${title}`);
    return row;
  },
  grid: () => screen.findByRole("grid", { name: "Songs" }),
  press: async (...keys: string[]) => {
    (await table.grid()).focus();
    for (const key of keys) await userEvent.keyboard(key);
  },
  selection: () => screen.findByRole("region", { name: "Selection" }),
};

test("ten thousand songs are counted, and only those in view are in the page", async () => {
  library();
  await open();
  await table.row("Song 1");
  expect(screen.getByText("10,000")).toBeVisible();
  expect(await table.grid()).toHaveAttribute("aria-rowcount", "10001");
  expect(screen.getAllByRole("row").length).toBeLessThan(60);
});

test("a double click plays the list from there, and the row says so", async () => {
  library();
  const { player } = await open();
  await userEvent.dblClick(within(await table.row("Song 3")).getByText("Song 3"));
  expect(player.snapshot().track?.title).toBe("Song 3");
  expect(player.snapshot().queue.entries.length).toBe(100);
});

test("the keyboard moves, plays and selects", async () => {
  library();
  const { player } = await open();
  await table.row("Song 1");
  await table.press("{ArrowDown}", "{ArrowDown}", "{Enter}");
  expect(player.snapshot().track?.title).toBe("Song 3");
  await table.press(" ", "{Shift>}{ArrowDown}{ArrowDown}{/Shift}");
  expect(within(await table.selection()).getByText("3 selected")).toBeVisible();
  await table.press("q");
  expect(player.snapshot().queue.entries.at(-1)?.track.title).toBe("Song 5");
  expect(screen.queryByRole("region", { name: "Selection" })).toBeNull();
});

test("boxes select, and the bar adds to a playlist", async () => {
  library();
  await open();
  await table.row("Song 2");
  await userEvent.click(screen.getByRole("checkbox", { name: "Select Song 2" }));
  await userEvent.click(screen.getByRole("checkbox", { name: "Select Song 4" }));
  await userEvent.click(within(await table.selection()).getByRole("button", { name: "Add to playlist" }));
  const dialog = songDialogs.current();
  expect(dialog?.kind === "addToPlaylist" && dialog.songs.map((one) => one.id)).toEqual([2, 4]);
  act(() => songDialogs.close());
});

test("a column's head sorts by it, and turns round", async () => {
  const seen = library();
  const { router } = await open();
  await table.row("Song 1");
  await userEvent.click(screen.getByRole("button", { name: "Plays" }));
  await waitFor(() => expect(router.state.location.search).toEqual({ sort: "-plays" }));
  expect(screen.getByRole("columnheader", { name: "Plays" })).toHaveAttribute("aria-sort", "descending");
  expect(seen.some((asked) => asked.includes("sort=-plays"))).toBe(true);
  await userEvent.click(screen.getByRole("button", { name: "Plays" }));
  await waitFor(() => expect(router.state.location.search).toEqual({ sort: "plays" }));
});

test("filters stand in the address and can be taken away", async () => {
  const seen = library();
  const { router } = await open("/songs?year=1963");
  await table.row("Song 1");
  expect(seen.some((asked) => asked.includes("year=1963"))).toBe(true);
  await userEvent.selectOptions(screen.getByRole("combobox", { name: "Genre" }), "Jazz");
  await waitFor(() => expect(router.state.location.search).toEqual({ genre: "Jazz", year: 1963 }));
  await userEvent.click(screen.getByRole("button", { name: "Remove the filter Year 1963" }));
  await waitFor(() => expect(router.state.location.search).toEqual({ genre: "Jazz" }));
});

test("the menu of a row offers what one may do, and does it", async () => {
  library();
  const { player } = await open();
  await table.row("Song 2");
  await userEvent.click(screen.getByRole("button", { name: "More for Song 2" }));
  expect(await screen.findByRole("menuitem", { name: "Go to album" })).toHaveAttribute("href", "/albums/1");
  expect(screen.getByRole("menuitem", { name: "Edit" })).toBeVisible();
  await userEvent.click(screen.getByRole("menuitem", { name: "Add to queue" }));
  expect(player.snapshot().queue.entries.map((entry) => entry.track.title)).toEqual(["Song 2"]);
});

test("a library without songs says how to get some; filters without songs how to get them back", async () => {
  library(0);
  const { unmount } = await open();
  expect(await screen.findByRole("heading", { name: "No songs yet." })).toBeVisible();
  unmount();
  await open("/songs?genre=Polka");
  expect(await screen.findByRole("heading", { name: "No song fits." })).toBeVisible();
});

test("an address is read with what it means and without what it does not", () => {
  expect(readSongSearch({ sort: "-plays", genre: 1980, year: 1963, liked: true })).toEqual({
    sort: "-plays",
    genre: "1980",
    year: 1963,
    liked: true,
  });
  expect(readSongSearch({ sort: "; drop", year: "x", liked: "no" })).toEqual({});
});
