import { screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, test } from "vitest";

import { fakeApi } from "@/test/fakeApi";
import { inScroller } from "@/test/inScroller";
import { renderPage } from "@/test/render";
import { album, song, user } from "@/test/samples";

import { AlbumPage } from "./AlbumPage";
import { discsOf, formatOf, guestsOf } from "./albumSongs";
import { AlbumsPage } from "./AlbumsPage";

const tide = album(7, { title: "Low Water Marks", songCount: 3, duration: 600 });
const guest = { id: 9, name: "Wren Hollis", role: "artist" as const };
const songs = [
  song(1, { title: "Slack Water", plays: 2 }),
  song(2, { title: "Tide Table", artists: [...song(2).artists, guest] }),
  song(3, { title: "Lost Reel", missing: true }),
];

let rated: unknown[] = [];

function server() {
  rated = [];
  return fakeApi({
    "GET /auth/session": () => [200, { user }],
    "GET /albums/7": () => [200, { album: tide, songs }],
    "PUT /albums/7/like": () => [204],
    "PUT /albums/7/rating": ({ body }) => {
      rated.push(body);
      return [204];
    },
    "GET /albums": ({ query }) =>
      query.get("liked") === "true"
        ? [200, { albums: [], total: 0, nextCursor: null }]
        : [200, { albums: [tide, album(8)], total: 2, nextCursor: null }],
  });
}

const openAlbum = (id = "7") => renderPage(AlbumPage, { path: "/albums/$id", at: `/albums/${id}` });

test("an album shows its facts and who else sings", async () => {
  server();
  await openAlbum();
  expect(await screen.findByRole("heading", { level: 1, name: "Low Water Marks" })).toBeVisible();
  expect(screen.getByText("FLAC 16/44.1")).toBeVisible();
  expect(screen.getByText("2 times")).toBeVisible();
  expect(screen.getByText("feat. Wren Hollis")).toBeVisible();
});

test("playing an album leaves out the song whose file is missing", async () => {
  server();
  const { player } = await openAlbum();
  await userEvent.click(await screen.findByRole("button", { name: "Play" }));
  expect(player.snapshot().queue.entries.map((entry) => entry.track.id)).toEqual([1, 2]);
  expect(screen.queryByRole("button", { name: "Play Lost Reel" })).toBeNull();
  await userEvent.click(await screen.findByRole("button", { name: "Pause" }));
  expect(player.snapshot().wantsToPlay).toBe(false);
});

test("a press on the tape plays that song", async () => {
  server();
  const { player } = await openAlbum();
  const tape = within(await screen.findByRole("list", { name: "The album on a rule" }));
  await userEvent.click(tape.getByRole("button", { name: "2, Tide Table, 3:20" }));
  expect(player.snapshot().track?.id).toBe(2);
  expect(tape.getByRole("button", { name: "2, Tide Table, 3:20" })).toHaveAttribute("aria-current", "true");
});

test("songs are chosen with the keys of the table of songs", async () => {
  server();
  const { player } = await openAlbum();
  const table = await screen.findByRole("grid", { name: "Songs" });
  table.focus();
  await userEvent.keyboard("{ArrowDown} {Shift>}{ArrowUp}{/Shift}");
  expect(screen.getByRole("status")).toHaveTextContent("2 selected 6:40");
  expect(within(table).getAllByRole("row", { selected: true })).toHaveLength(2);
  await userEvent.keyboard("q");
  expect(player.snapshot().queue.entries.map((entry) => entry.track.title)).toEqual([
    "Tide Table",
    "Slack Water",
  ]);
  expect(screen.queryByText("2 selected")).toBeNull();
  await userEvent.keyboard("{End}{Home}{Enter}");
  expect(player.snapshot().track?.title).toBe("Slack Water");
});

test("the right button opens the menu of a song", async () => {
  server();
  const { player } = await openAlbum();
  await userEvent.pointer({ keys: "[MouseRight]", target: await screen.findByText("Tide Table") });
  await userEvent.click(await screen.findByRole("menuitem", { name: "Add to queue" }));
  expect(player.snapshot().queue.entries.map((entry) => entry.track.id)).toEqual([2]);
});

test("the heart likes the album", async () => {
  const seen = server();
  await openAlbum();
  await userEvent.click(await screen.findByRole("button", { name: "Like Low Water Marks" }));
  await waitFor(() => expect(seen).toContain("PUT /albums/7/like"));
});

test("the stars rate the album", async () => {
  server();
  await openAlbum();
  (await screen.findByRole("slider", { name: "Rate Low Water Marks" })).focus();
  await userEvent.keyboard("4");
  await waitFor(() => expect(rated).toEqual([{ rating: 4 }]));
});

test("an album that is gone is said to be", async () => {
  server();
  await openAlbum("99");
  expect(await screen.findByRole("heading", { name: "This album is not here." })).toBeVisible();
});

test("albums stand as sleeves, in the order of the address", async () => {
  const seen = server();
  const { player } = await renderPage(inScroller(AlbumsPage), { path: "/albums", at: "/albums?sort=-year" });
  expect(await screen.findByText("2 albums")).toBeVisible();
  expect(await screen.findByRole("link", { name: /Low Water Marks/ })).toHaveAttribute("href", "/albums/7");
  expect(seen.some((asked) => asked.includes("sort=-year"))).toBe(true);
  await userEvent.click(screen.getByRole("button", { name: "Play Low Water Marks" }));
  await waitFor(() => expect(player.snapshot().track?.id).toBe(1));
});

test("a filter that leaves nothing can be taken back", async () => {
  server();
  await renderPage(inScroller(AlbumsPage), { path: "/albums", at: "/albums?liked=true" });
  expect(await screen.findByRole("heading", { name: "No album fits." })).toBeVisible();
});

test("facts about songs: formats, guests, discs", () => {
  expect(formatOf([])).toBe("");
  expect(formatOf([song(1, { format: "mp3", bitDepth: null, bitRate: 320 })])).toBe("MP3 320 kbit/s");
  expect(formatOf([song(1), song(2, { format: "mp3" })])).toBe("FLAC, MP3");
  expect(guestsOf(song(1), tide)).toBeNull();
  expect(guestsOf(song(1, { artists: [guest], artist: "Wren Hollis" }), tide)).toEqual({
    kind: "by",
    names: "Wren Hollis",
  });
  const two = discsOf([song(1), song(2, { disc: 2 })]);
  expect(two.map((disc) => [disc.number, disc.songs.map(({ index }) => index)])).toEqual([
    [1, [0]],
    [2, [1]],
  ]);
});
