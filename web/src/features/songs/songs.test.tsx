import { act, fireEvent, screen, waitFor, within } from "@testing-library/react";
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
/** What songs were rated with. */
const rated = new Map<number, unknown>();

/** A library of numbered songs, by pages as the server gives them. */
function library(total = TOTAL) {
  return fakeApi({
    "GET /auth/session": () => [200, { user }],
    "GET /genres": () => [200, { genres: [{ name: "Jazz", songCount: total }] }],
    "PUT /songs/*/like": () => [204],
    "PUT /songs/*/rating": ({ params, body }) => {
      rated.set(Number(params[0]), body);
      return [204];
    },
    "GET /libraries": () => [200, { libraries: [] }],
    "GET /songs/facets": () => [
      200,
      {
        genres: [{ name: "Jazz", count: 2318 }],
        decades: [{ from: 1960, count: 412 }],
        formats: [{ format: "flac", count: total }],
        ...{ liked: 12, rated: 7, unplayed: 90, total },
      },
    ],
    "GET /songs/letters": () => [
      200,
      {
        letters: [
          { letter: "A", offset: 0 },
          { letter: "S", offset: total / 2 },
        ],
        total,
      },
    ],
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
  await userEvent.click(screen.getByRole("button", { name: "Year" }));
  await waitFor(() => expect(router.state.location.search).toEqual({ sort: "-year" }));
  expect(screen.getByRole("columnheader", { name: "Year" })).toHaveAttribute("aria-sort", "descending");
  expect(seen.some((asked) => asked.includes("sort=-year"))).toBe(true);
  await userEvent.click(screen.getByRole("button", { name: "Year" }));
  await waitFor(() => expect(router.state.location.search).toEqual({ sort: "year" }));
});

test("filters stand in the address and can be taken away, one by one or all at once", async () => {
  const seen = library();
  const { router } = await open("/songs?year=1963");
  await table.row("Song 1");
  expect(seen.some((asked) => asked.includes("year=1963"))).toBe(true);
  await userEvent.click(screen.getByRole("button", { name: "Filter" }));
  await userEvent.click(await screen.findByRole("button", { name: "Jazz 2,318" }));
  await waitFor(() => expect(router.state.location.search).toEqual({ genre: "Jazz", year: 1963 }));
  await userEvent.click(screen.getByRole("button", { name: "Remove the filter Year 1963" }));
  await waitFor(() => expect(router.state.location.search).toEqual({ genre: "Jazz" }));
  await userEvent.click(screen.getByRole("button", { name: "1960s 412" }));
  await waitFor(() => expect(router.state.location.search).toMatchObject({ yearFrom: 1960, yearTo: 1969 }));
  expect(screen.getByRole("button", { name: "1960s 412", pressed: true })).toBeVisible();
  await userEvent.click(screen.getByRole("button", { name: "Clear all" }));
  await waitFor(() => expect(router.state.location.search).toEqual({}));
});

test("a letter jumps to where it begins, and stands for what is in view", async () => {
  const seen = library();
  await open();
  await table.row("Song 1");
  const letters = await screen.findByRole("toolbar", { name: "Jump to a letter" });
  const [a, s] = within(letters).getAllByRole("button");
  expect(a).toHaveAttribute("aria-current", "true");
  expect(s).toHaveAccessibleName("S, 5,000");
  a?.focus();
  await userEvent.keyboard("{ArrowDown}");
  expect(s).toHaveFocus();
  expect(await table.grid()).toHaveAttribute("aria-rowcount", "10001");
  expect(seen.some((asked) => asked.startsWith("GET /songs/letters?sort=title"))).toBe(true);
});

test("an order that is no name has no letters", async () => {
  const seen = library();
  await open("/songs?sort=-year");
  await table.row("Song 1");
  expect(screen.queryByRole("toolbar")).toBeNull();
  expect(seen.some((asked) => asked.startsWith("GET /songs/letters"))).toBe(false);
});

test("the columns are chosen in a menu and remembered", async () => {
  library();
  const { unmount } = await open();
  await table.row("Song 1");
  await userEvent.click(screen.getByRole("button", { name: "Columns" }));
  await userEvent.click(await screen.findByRole("menuitemcheckbox", { name: "Album", checked: true }));
  expect(screen.queryByRole("columnheader", { name: "Album" })).toBeNull();
  unmount();
  await open();
  await table.row("Song 1");
  expect(screen.queryByRole("columnheader", { name: "Album" })).toBeNull();
  expect(screen.getByRole("columnheader", { name: "Artist" })).toBeVisible();
  localStorage.clear();
});

test("Shift selects from the cursor on, and shrinks again", async () => {
  library();
  await open();
  await userEvent.click(within(await table.row("Song 3")).getByText("Song 3"));
  await table.press("{Shift>}{ArrowDown}{ArrowDown}{ArrowDown}{ArrowUp}{/Shift}");
  expect(within(await table.selection()).getByText("3 selected")).toBeVisible();
  expect(screen.getByRole("checkbox", { name: "Select Song 3" })).toBeChecked();
  expect(screen.getByRole("checkbox", { name: "Select Song 2" })).not.toBeChecked();
});

test("everything is selected up to what can be, and it is said", async () => {
  library();
  await open();
  await table.row("Song 1");
  await table.press("{Control>}a{/Control}");
  expect(within(await table.selection()).getByText("1000 selected")).toBeVisible();
});

test("the right button opens the menu of a song, or of the selection it belongs to", async () => {
  library();
  const { player } = await open();
  fireEvent.contextMenu(within(await table.row("Song 4")).getByText("Song 4"), { clientX: 80, clientY: 90 });
  await userEvent.click(await screen.findByRole("menuitem", { name: "Play next" }));
  expect(player.snapshot().queue.entries.map((entry) => entry.track.title)).toEqual(["Song 4"]);
  await userEvent.click(screen.getByRole("checkbox", { name: "Select Song 1" }));
  await userEvent.click(screen.getByRole("checkbox", { name: "Select Song 2" }));
  fireEvent.contextMenu(within(await table.row("Song 2")).getByText("Song 2"));
  expect(await screen.findByRole("menu", { name: "2 selected" })).toBeVisible();
  await userEvent.click(screen.getByRole("menuitem", { name: "Add to queue" }));
  expect(player.snapshot().queue.entries.length).toBe(3);
});

test("figures rate the song under the cursor, or all that are selected", async () => {
  library();
  rated.clear();
  await open();
  await table.row("Song 1");
  await table.press("{ArrowDown}", "4");
  await waitFor(() => expect([...rated]).toEqual([[2, { rating: 4 }]]));
  await table.press(" ", "{Shift>}{ArrowDown}{/Shift}");
  await table.selection();
  await table.press("5");
  await waitFor(() => expect([...rated.keys()]).toEqual([2, 3]));
  expect(rated.get(3)).toEqual({ rating: 5 });
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
  expect(readSongSearch({ sort: "; drop", year: "x", liked: "no", minRating: 9, libraryId: -1 })).toEqual({});
  expect(readSongSearch({ played: false, minRating: 3, format: "flac", yearTo: 1969 })).toEqual({
    played: false,
    minRating: 3,
    format: "flac",
    yearTo: 1969,
  });
});
