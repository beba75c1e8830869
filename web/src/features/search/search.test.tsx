import { screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, test } from "vitest";

import { fakeApi } from "@/test/fakeApi";
import { renderPage } from "@/test/render";
import { album, artist, song, user } from "@/test/samples";

import { SearchPage } from "./SearchPage";

function server() {
  return fakeApi({
    "GET /auth/session": () => [200, { user }],
    "GET /search": ({ query }) =>
      query.get("q") === "nothing"
        ? [200, { songs: [], albums: [], artists: [] }]
        : [200, { songs: [song(1), song(2)], albums: [album(7)], artists: [artist(3, "Ivo Lund")] }],
  });
}

/** The page beside a search field, as the header has one. */
function Searching() {
  return (
    <>
      <input type="search" aria-label="Find" />
      <SearchPage />
    </>
  );
}

const open = (q?: string) =>
  renderPage(Searching, { path: "/search", at: q === undefined ? "/search" : `/search?q=${q}` });

test("songs, albums and artists are found at once", async () => {
  const seen = server();
  const { player } = await open("tide");
  expect(await screen.findByRole("region", { name: "Songs" })).toBeVisible();
  expect(screen.getByRole("link", { name: /Album 7/ })).toHaveAttribute("href", "/albums/7");
  expect(screen.getByRole("link", { name: /Ivo Lund/ })).toHaveAttribute("href", "/artists/3");
  expect(seen.filter((asked) => asked.startsWith("GET /search"))).toEqual(["GET /search?q=tide&limit=12"]);
  await userEvent.click(screen.getByRole("button", { name: "Play Song 2" }));
  expect(player.snapshot().queue.entries.map((entry) => entry.track.id)).toEqual([2]);
});

test("down leads from the field into the results, up leads back", async () => {
  server();
  await open("tide");
  await screen.findByRole("region", { name: "Songs" });
  await userEvent.click(screen.getByRole("searchbox", { name: "Find" }));
  await userEvent.keyboard("{ArrowDown}{ArrowDown}");
  expect(screen.getByRole("button", { name: "Play Song 2" })).toHaveFocus();
  await userEvent.keyboard("{ArrowDown}");
  expect(screen.getByRole("link", { name: /Ivo Lund/ })).toHaveFocus();
  await userEvent.keyboard("{ArrowUp}{ArrowUp}{ArrowUp}");
  expect(screen.getByRole("searchbox", { name: "Find" })).toHaveFocus();
});

test("while the next words are on their way the last finding stays", async () => {
  server();
  const { router } = await open("tide");
  await screen.findByRole("region", { name: "Songs" });
  await router.navigate({ to: "/search" as string, search: { q: "nothing" } as never });
  expect(screen.getByRole("region", { name: "Songs" })).toBeVisible();
  expect(await screen.findByRole("heading", { name: "Nothing found for “nothing”." })).toBeVisible();
  await waitFor(() => expect(screen.getByRole("status")).toHaveTextContent("0 results"));
});

test("without words it says what can be typed and asks nothing", async () => {
  const seen = server();
  await open();
  expect(await screen.findByText(/The order of the words/)).toBeVisible();
  expect(seen.filter((asked) => asked.startsWith("GET /search"))).toEqual([]);
});
