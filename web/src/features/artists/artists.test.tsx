import { screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, test } from "vitest";

import { fakeApi } from "@/test/fakeApi";
import { inScroller } from "@/test/inScroller";
import { renderPage } from "@/test/render";
import { album, artist, song, user } from "@/test/samples";

import { ArtistPage } from "./ArtistPage";
import { ArtistsPage } from "./ArtistsPage";
import { letterOf } from "./letter";

const named = (id: number, name: string) => artist(id, { name, sortName: name });
const people = [named(1, "Álvaro Reis"), named(2, "Ines Aldaba"), named(3, "Ivo Lund")];
const songs = Array.from({ length: 7 }, (_, at) => song(at + 1));

function server() {
  return fakeApi({
    "GET /auth/session": () => [200, { user }],
    "GET /artists": () => [200, { artists: people, total: 3, nextCursor: null }],
    "GET /artists/2": () => [200, { artist: people[1] ?? null, albums: [album(7)], topSongs: songs }],
    "PUT /artists/2/like": () => [204],
    "PUT /artists/2/rating": () => [204],
  });
}

test("artists stand by name, each letter once", async () => {
  server();
  await renderPage(inScroller(ArtistsPage), { path: "/artists", at: "/artists" });
  const rows = await screen.findAllByRole("link", { name: /18 songs/ });
  expect(rows.map((row) => row.firstElementChild?.textContent)).toEqual(["A", "I", ""]);
  expect(screen.getByText("3 artists")).toBeVisible();
});

test("an artist plays, shows more songs when asked, and can be liked and rated", async () => {
  const seen = server();
  const { player } = await renderPage(ArtistPage, { path: "/artists/$id", at: "/artists/2" });
  expect(await screen.findByRole("heading", { level: 1, name: "Ines Aldaba" })).toBeVisible();
  const top = within(screen.getByRole("region", { name: "Songs" }));
  expect(top.getAllByRole("listitem")).toHaveLength(5);
  await userEvent.click(top.getByRole("button", { name: "Show more" }));
  expect(top.getAllByRole("listitem")).toHaveLength(7);
  await userEvent.click(top.getByRole("button", { name: "Play Song 6" }));
  expect(player.snapshot().track?.id).toBe(6);
  await userEvent.click(screen.getByRole("button", { name: "Like Ines Aldaba" }));
  await waitFor(() => expect(seen).toContain("PUT /artists/2/like"));
  screen.getByRole("slider", { name: "Rate Ines Aldaba" }).focus();
  await userEvent.keyboard("3");
  await waitFor(() => expect(seen).toContain("PUT /artists/2/rating"));
});

test("an artist who is gone is said to be", async () => {
  server();
  await renderPage(ArtistPage, { path: "/artists/$id", at: "/artists/5" });
  expect(await screen.findByRole("heading", { name: "This artist is not here." })).toBeVisible();
});

test("letters are without accents; figures and signs share one", () => {
  expect(["Álvaro", "ølvind", "水無月", " 7 Rooms", "", "…"].map(letterOf)).toEqual([
    "A",
    "O",
    "水",
    "#",
    "#",
    "#",
  ]);
});
