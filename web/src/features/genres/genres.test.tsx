import { screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, test } from "vitest";

import { fakeApi } from "@/test/fakeApi";
import { renderPage } from "@/test/render";
import { album, song, user } from "@/test/samples";

import { GenrePage } from "./GenrePage";
import { GenresPage } from "./GenresPage";

function server() {
  return fakeApi({
    "GET /auth/session": () => [200, { user }],
    "GET /genres": () => [200, { genres: [{ name: "R&B / Soul", songCount: 1434 }] }],
    "GET /albums": () => [200, { albums: [album(7)], total: 1, nextCursor: null }],
    "GET /songs": ({ query }) =>
      query.get("genre") === "R&B / Soul"
        ? [200, { songs: [song(1), song(2)], total: 1434, nextCursor: null }]
        : [200, { songs: [], total: 0, nextCursor: null }],
  });
}

test("genres lead to their pages, whatever is in their names", async () => {
  server();
  await renderPage(GenresPage, { path: "/genres", at: "/genres" });
  const link = await screen.findByRole("link", { name: /R&B \/ Soul/ });
  expect(link).toHaveAttribute("href", "/genres/R%26B%20%2F%20Soul");
  expect(link).toHaveTextContent("1,434");
});

test("a genre shows albums and songs, and plays them", async () => {
  server();
  const { player } = await renderPage(GenrePage, {
    path: "/genres/$name",
    at: "/genres/R%26B%20%2F%20Soul",
  });
  expect(await screen.findByText("1,434 songs")).toBeVisible();
  expect(screen.getByRole("heading", { level: 1, name: "R&B / Soul" })).toBeVisible();
  await userEvent.click(await screen.findByRole("button", { name: "Play Song 2" }));
  expect(player.snapshot().track?.id).toBe(2);
});

test("a genre without songs says so", async () => {
  server();
  await renderPage(GenrePage, { path: "/genres/$name", at: "/genres/Polka" });
  expect(await screen.findByRole("heading", { name: "Nothing here." })).toBeVisible();
});
