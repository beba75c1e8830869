import { screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, test } from "vitest";

import { AlbumShelf } from "@/features/home/AlbumShelf";
import { fakeApi } from "@/test/fakeApi";
import { renderPage } from "@/test/render";
import { album, song, user } from "@/test/samples";

import { AlbumMenuHost } from "./AlbumMenuHost";

function Page() {
  return (
    <>
      <AlbumShelf title="Recently added" albums={[album(2, { liked: true })]} more={null} />
      <AlbumMenuHost />
    </>
  );
}

async function openMenu() {
  const seen = fakeApi({
    "GET /auth/session": () => [200, { user }],
    "GET /albums/2": () => [200, { album: album(2), songs: [song(31), song(32, { missing: true })] }],
    "DELETE /albums/2/like": () => [204],
  });
  const page = await renderPage(Page);
  await userEvent.pointer({ keys: "[MouseRight]", target: screen.getByText("Album 2") });
  const choose = async (name: string) => userEvent.click(await screen.findByRole("menuitem", { name }));
  return { ...page, seen, choose };
}

test("the right button on a sleeve opens the album's menu", async () => {
  const { player, choose } = await openMenu();
  await choose("Add to queue");
  await waitFor(() => expect(player.snapshot().queue.entries.map((entry) => entry.track.id)).toEqual([31]));
  expect(screen.queryByRole("menu")).toBeNull();
});

test("the menu takes a like back", async () => {
  const { seen, choose } = await openMenu();
  await choose("No longer like");
  await waitFor(() => expect(seen).toContain("DELETE /albums/2/like"));
});

test("the menu leads to the album and its artist", async () => {
  await openMenu();
  expect(await screen.findByRole("menuitem", { name: "Go to album" })).toHaveAttribute("href", "/albums/2");
  expect(screen.getByRole("menuitem", { name: "Go to artist" })).toHaveAttribute("href", "/artists/1");
});
