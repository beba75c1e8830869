import { screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, test } from "vitest";

import type { Playlist } from "@/api/types";
import { fakeApi } from "@/test/fakeApi";
import { renderPage } from "@/test/render";
import { playlist } from "@/test/samples";

import { PlaylistsPage } from "./PlaylistsPage";

async function open(playlists: Playlist[], at = "/playlists") {
  const bodies: unknown[] = [];
  fakeApi({
    "GET /playlists": () => [200, { playlists, total: playlists.length, nextCursor: null }],
    "POST /playlists": ({ body }) => {
      bodies.push(body);
      const { name } = body as { name: string };
      if (name === "bad") {
        const details = [{ field: "name", message: "Name is taken by force" }];
        return [400, { error: "Validation failed", code: "validation_failed", details }];
      }
      return [201, { message: "", playlist: playlist(9, { name }) }];
    },
  });
  const page = await renderPage(PlaylistsPage, { path: "/playlists", at });
  return { ...page, bodies };
}

test("one's own playlists stand before those of others", async () => {
  const theirs = playlist(2, {
    mine: false,
    isPublic: true,
    owner: { id: 2, username: "wren", displayName: "Wren Hollis" },
  });
  await open([playlist(1, { name: "夜更かし" }), theirs]);
  const own = await screen.findByRole("list", { name: "Yours" });
  expect(within(own).getByRole("link", { name: /夜更かし/ })).toHaveAttribute("href", "/playlists/1");
  expect(within(own).getByText("3 songs, 10:00")).toBeVisible();
  const others = screen.getByRole("list", { name: "Open to everybody" });
  expect(within(others).getByText("Wren Hollis")).toBeVisible();
});

test("without any there is one thing to do", async () => {
  await open([]);
  await screen.findByRole("heading", { name: "No playlist yet." });
  await userEvent.click(await screen.findByRole("button", { name: "New playlist" }));
  expect(await screen.findByRole("dialog", { name: "New playlist" })).toBeVisible();
});

test("a playlist is made and opened", async () => {
  const { bodies, router } = await open([playlist(1)], "/playlists?make=true");
  const dialog = within(await screen.findByRole("dialog", { name: "New playlist" }));
  await userEvent.click(dialog.getByRole("button", { name: "Create" }));
  expect(dialog.getByText("A playlist needs a name.")).toBeVisible();
  await userEvent.type(dialog.getByLabelText("Name"), "Slow trains");
  await userEvent.type(dialog.getByLabelText("Description"), "windows open");
  await userEvent.click(dialog.getByRole("switch", { name: "Public" }));
  await userEvent.click(dialog.getByRole("button", { name: "Create" }));
  await waitFor(() => expect(router.state.location.pathname).toBe("/playlists/9"));
  expect(bodies).toEqual([{ name: "Slow trains", description: "windows open", isPublic: true }]);
});

test("what the server says about a field stands at the field", async () => {
  await open([playlist(1)], "/playlists?make=true");
  await userEvent.type(await screen.findByLabelText("Name"), "bad");
  await userEvent.click(screen.getByRole("button", { name: "Create" }));
  expect(await screen.findByText("Name is taken by force")).toBeVisible();
  expect(screen.getByLabelText("Name")).toBeInvalid();
});
