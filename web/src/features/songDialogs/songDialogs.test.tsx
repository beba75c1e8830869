import { act, screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, expect, test } from "vitest";

import { songDialogs } from "@/hooks/songDialogs";
import { toTrack } from "@/hooks/tracks";
import { fakeApi } from "@/test/fakeApi";
import { renderPage } from "@/test/render";
import { song, user } from "@/test/samples";

import { SongDialogs } from "./SongDialogs";

const playlist = (id: number, name: string, mine = true) => ({ id, name, mine, songCount: 3 });
const lists = [playlist(1, "Slow trains"), playlist(2, "Sunday"), playlist(3, "Somebody’s", false)];

afterEach(() => act(() => songDialogs.close()));

/** A server that has song 5 in "Slow trains" already. */
function server(bodies: unknown[] = []) {
  return fakeApi({
    "GET /auth/session": () => [200, { user }],
    "GET /playlists": () => [200, { playlists: lists, total: 3, nextCursor: null }],
    "POST /playlists": ({ body }) => {
      bodies.push(body);
      return [201, { message: "Made", playlist: playlist(4, "Ferries") }];
    },
    "POST /playlists/*/songs": ({ body, params: [id] }) => {
      const sent = body as { songIds: number[]; allowDuplicates: boolean };
      if (id === "1" && sent.songIds.includes(5) && !sent.allowDuplicates)
        return [409, { error: "Song already in playlist", code: "conflict" }];
      bodies.push({ id, ...sent });
      return [200, { playlist: playlist(Number(id), "x") }];
    },
    "DELETE /songs/5": () => [204],
  });
}

test("songs go into one of one's own playlists", async () => {
  const bodies: unknown[] = [];
  server(bodies);
  let added = false;
  await renderPage(SongDialogs);
  act(() =>
    songDialogs.show({ kind: "addToPlaylist", songs: [song(1), song(2)], onAdded: () => (added = true) }),
  );
  await userEvent.click(await screen.findByRole("button", { name: /Sunday/ }));
  await waitFor(() => expect(bodies).toEqual([{ id: "2", songIds: [1, 2], allowDuplicates: false }]));
  await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
  expect(added).toBe(true);
});

test("other people's playlists are not offered, and typing narrows", async () => {
  server();
  await renderPage(SongDialogs);
  act(() => songDialogs.show({ kind: "addToPlaylist", songs: [song(1)] }));
  await screen.findByRole("button", { name: /Sunday/ });
  expect(screen.queryByRole("button", { name: /Somebody/ })).toBeNull();
  await userEvent.type(screen.getByRole("textbox"), "slow");
  expect(screen.queryByRole("button", { name: /Sunday/ })).toBeNull();
  expect(screen.getByRole("button", { name: /Slow trains/ })).toBeVisible();
});

test("a name that is not there makes a new playlist", async () => {
  const bodies: unknown[] = [];
  server(bodies);
  await renderPage(SongDialogs);
  act(() => songDialogs.show({ kind: "addToPlaylist", songs: [song(1)] }));
  await screen.findByRole("button", { name: /Sunday/ });
  await userEvent.type(screen.getByRole("textbox"), "Ferries{Enter}");
  await waitFor(() =>
    expect(bodies).toEqual([{ name: "Ferries" }, { id: "4", songIds: [1], allowDuplicates: true }]),
  );
});

test("what is there already is added only when one says so", async () => {
  const bodies: unknown[] = [];
  server(bodies);
  await renderPage(SongDialogs);
  act(() => songDialogs.show({ kind: "addToPlaylist", songs: [song(5)] }));
  await userEvent.click(await screen.findByRole("button", { name: /Slow trains/ }));
  expect(await screen.findByText("This song is already in “Slow trains”.")).toBeVisible();
  expect(bodies).toEqual([]);
  await userEvent.click(screen.getByRole("button", { name: "Add anyway" }));
  await waitFor(() => expect(bodies).toEqual([{ id: "1", songIds: [5], allowDuplicates: true }]));
});

test("deleting asks first, and takes the song out of the queue", async () => {
  const seen = server();
  const { player } = await renderPage(SongDialogs);
  act(() => player.playTracks([song(4), song(5), song(6)].map(toTrack)));
  act(() => songDialogs.show({ kind: "remove", song: song(5) }));
  expect(seen).not.toContain("DELETE /songs/5");
  await userEvent.click(await screen.findByRole("button", { name: "Delete" }));
  await waitFor(() => expect(seen).toContain("DELETE /songs/5"));
  await waitFor(() => expect(player.snapshot().queue.entries.map((entry) => entry.track.id)).toEqual([4, 6]));
});
