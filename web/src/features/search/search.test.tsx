import { fireEvent, screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { useRef } from "react";
import { beforeEach, expect, test, vi } from "vitest";

import type { SearchResult } from "@/api/types";
import { fakeApi } from "@/test/fakeApi";
import { renderPage } from "@/test/render";
import { album, artist, song, user } from "@/test/samples";

import { bestHit } from "./bestHit";
import { SearchField } from "./SearchField";
import { SearchPage } from "./SearchPage";

const none: SearchResult = { songs: [], albums: [], artists: [] };
const library: Record<string, SearchResult> = {
  kes: {
    songs: [song(4, { title: "Kestrel" }), song(5, { title: "A Kestrel Again" })],
    albums: [album(2, { title: "Kestrels at Noon" })],
    artists: [],
  },
  kesterl: { ...none, songs: [song(4, { title: "Kestrel" })], corrected: "Kestrel" },
  ink: { ...none, songs: Array.from({ length: 9 }, (_, at) => song(at + 1, { title: `Ink ${at + 1}` })) },
  dele: { ...none, artists: [artist(3, { name: "Dele Okonjo Quartet" })] },
};

/** The page with the field that stands in the header above it. */
function Searching() {
  const field = useRef<HTMLInputElement>(null);
  return (
    <>
      <SearchField inputRef={field} />
      <SearchPage />
    </>
  );
}

async function openSearch(at = "/search") {
  const seen = fakeApi({
    "GET /auth/session": () => [200, { user }],
    "GET /search": ({ query }) => [200, library[query.get("q") ?? ""] ?? none],
  });
  const page = await renderPage(Searching, { path: "/search", at });
  const field = await screen.findByRole("searchbox", { name: "Search the library" });
  const asked = () => seen.filter((request) => request.startsWith("GET /search"));
  return { ...page, field, asked };
}

const region = (name: string) => screen.findByRole("region", { name });
const says = (text: string) => waitFor(() => expect(screen.getByRole("status")).toHaveTextContent(text));

beforeEach(() => localStorage.clear());

test("a typo that was forgiven is told", async () => {
  const { field } = await openSearch();
  await userEvent.type(field, "kesterl");
  expect(await screen.findByText("Kestrel", { selector: "b" })).toBeVisible();
  expect(within(await region("Top result")).getByText("Kestrel")).toBeVisible();
  await says("Showing results for Kestrel, 1 song");
});

test("typing shows the best hit, songs and albums, and says how many", async () => {
  const { field, router } = await openSearch();
  await userEvent.type(field, "kes");
  expect(within(await region("Top result")).getByText("Kestrels at Noon")).toBeVisible();
  expect(within(await region("Songs")).getAllByRole("listitem")).toHaveLength(2);
  expect(within(await region("Albums")).getByText("Kestrels at Noon")).toBeVisible();
  expect(screen.queryByRole("region", { name: "Artists" })).toBeNull();
  await says("2 songs, 1 album, 0 artists");
  expect(field).toHaveValue("kes");
  expect(router.state.location.search).toEqual({ q: "kes" });
});

test("a pause in typing asks once, what was found stays meanwhile, and what nobody waits for is given up", async () => {
  const { field, asked } = await openSearch("/search?q=kes");
  await region("Albums");
  const held: Request[] = [];
  const { fetch } = globalThis;
  vi.stubGlobal("fetch", (request: Request) => {
    if (!request.url.includes("q=ink")) return fetch(request);
    held.push(request);
    return new Promise(() => undefined);
  });
  for (const value of ["i", "in", "ink"]) fireEvent.change(field, { target: { value } });
  await waitFor(() => expect(held).toHaveLength(1));
  expect(asked()).toHaveLength(1);
  expect(screen.getByText("A Kestrel Again")).toBeVisible();
  fireEvent.change(field, { target: { value: "dele" } });
  expect(await screen.findAllByText("Dele Okonjo Quartet")).not.toHaveLength(0);
  expect(held[0]?.signal.aborted).toBe(true);
});

test("long lists open on demand", async () => {
  await openSearch("/search?q=ink");
  const songs = within(await region("Songs"));
  expect(songs.getAllByRole("listitem")).toHaveLength(6);
  await userEvent.click(songs.getByRole("button", { name: "3 more songs" }));
  expect(songs.getAllByRole("listitem")).toHaveLength(9);
});

test("nothing found says so and helps", async () => {
  const { field } = await openSearch();
  await userEvent.type(field, "qqzz");
  expect(await screen.findByRole("heading", { name: "Nothing found for “qqzz”." })).toBeVisible();
  await says("Nothing found for “qqzz”.");
});

test("the arrows lead from the field through the results and back", async () => {
  const { field } = await openSearch("/search?q=kes");
  const top = await region("Top result");
  await userEvent.click(field);
  await userEvent.keyboard("{ArrowDown}");
  expect(within(top).getByRole("link")).toHaveFocus();
  await userEvent.keyboard("{ArrowDown}");
  expect(screen.getByRole("button", { name: "Play Kestrel" })).toHaveFocus();
  await userEvent.keyboard("{ArrowUp}{ArrowUp}");
  expect(field).toHaveFocus();
});

test("Enter opens the best hit, even before it is there, and the words are kept", async () => {
  const { field, router } = await openSearch();
  await userEvent.type(field, "dele{Enter}");
  await waitFor(() => expect(router.state.location.pathname).toBe("/artists/3"));
  expect(localStorage.getItem("hathor.searches.1")).toBe('["dele"]');
});

test("Enter plays the best hit if it is a song", async () => {
  const { field, engine, player } = await openSearch("/search?q=ink");
  await region("Top result");
  await userEvent.type(field, "{Enter}");
  await waitFor(() => expect(engine.track?.title).toBe("Ink 1"));
  expect(player.snapshot().queue.entries).toHaveLength(9);
});

test("earlier searches are offered and can be forgotten", async () => {
  localStorage.setItem("hathor.searches.1", '["kes","dele"]');
  const { field } = await openSearch();
  await userEvent.click(await screen.findByRole("button", { name: "Forget “dele”" }));
  expect(screen.queryByText("dele")).toBeNull();
  await userEvent.click(screen.getByRole("link", { name: "kes" }));
  await region("Top result");
  expect(field).toHaveValue("kes");
  await userEvent.click(screen.getByRole("button", { name: "Clear the search" }));
  expect(await screen.findByRole("heading", { name: "Recent searches" })).toBeVisible();
  expect(field).toHaveFocus();
});

test("without earlier searches there is a hint", async () => {
  await openSearch();
  expect(await screen.findByRole("heading", { name: "What would you like to hear?" })).toBeVisible();
});

test.each([
  ["an exact name before all", "Kestrel", "song"],
  ["accents and case do not matter", "SOLVBERG", "artist"],
  ["a beginning before the middle, albums before songs", "kest", "album"],
  ["a song if it stands inside", "noon", "song"],
])("%s", (_, words, kind) => {
  const found: SearchResult = {
    songs: [song(1, { title: "Kestrel" })],
    albums: [album(1, { title: "Kestrels at Noon" })],
    artists: [artist(1, { name: "Sølvberg" })],
  };
  expect(bestHit(found, words)?.kind).toBe(kind);
});
