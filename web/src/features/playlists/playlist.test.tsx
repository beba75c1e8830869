import { act, fireEvent, screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { beforeEach, expect, test } from "vitest";

import type { Playlist } from "@/api/types";
import { ScrollerContext } from "@/hooks/ScrollerContext";
import { toasts } from "@/lib/toasts";
import { fakeApi } from "@/test/fakeApi";
import { renderPage } from "@/test/render";
import { playlist, playlistSong } from "@/test/samples";

import { PlaylistPage } from "./PlaylistPage";

let kept: { playlist: Playlist; songs: ReturnType<typeof playlistSong>[] };
let bodies: unknown[];

beforeEach(() => {
  kept = { playlist: playlist(1), songs: [1, 2, 3].map((id) => playlistSong(id)) };
  bodies = [];
});

/** A server that checks revisions, as the real one does. */
async function open() {
  const edit = (revision: number | undefined, change: () => void): [number, object] => {
    if (revision !== kept.playlist.revision) {
      const state = { ...kept, total: 3, nextCursor: null };
      return [409, { error: "Changed meanwhile", code: "stale_revision", state }];
    }
    change();
    kept.playlist = { ...kept.playlist, revision: kept.playlist.revision + 1 };
    return [200, { playlist: kept.playlist }];
  };
  const seen = fakeApi({
    "GET /playlists/1": () => [200, { ...kept, total: kept.songs.length, nextCursor: null }],
    "PATCH /playlists/1/songs": ({ body }) => {
      bodies.push(body);
      return edit((body as { revision: number }).revision, () => undefined);
    },
    "DELETE /playlists/1/songs/*": ({ params }) =>
      edit(kept.playlist.revision, () => {
        kept.songs = kept.songs.filter(({ entryId }) => String(entryId) !== params[0]);
      }),
    "PUT /playlists/1": ({ body }) => {
      bodies.push(body);
      kept.playlist = { ...kept.playlist, ...(body as Partial<Playlist>) };
      return [200, { playlist: kept.playlist }];
    },
    "DELETE /playlists/1": () => [200, { message: "" }],
  });
  const scroller = { current: document.body };
  const Page = () => (
    <ScrollerContext value={scroller}>
      <PlaylistPage />
    </ScrollerContext>
  );
  const page = await renderPage(Page, { path: "/playlists/$id", at: "/playlists/1" });
  return { ...page, seen };
}

/** The list, once its rows are drawn. */
async function list() {
  const found = await screen.findByRole("list", { name: "Songs" });
  await within(found).findAllByRole("listitem");
  return found;
}
const order = async () =>
  within(await list())
    .getAllByRole("listitem")
    .map((row) => /Song \d/.exec(row.textContent ?? "")?.[0]);

test("the head names the playlist, its owner and its length", async () => {
  kept.playlist = playlist(1, { name: "أغاني المطر", description: "for rain" });
  await open();
  expect(await screen.findByRole("heading", { level: 1, name: "أغاني المطر" })).toBeVisible();
  expect(screen.getByText("for rain")).toBeVisible();
  expect(screen.getByText("Jo Vance")).toBeVisible();
  expect(screen.getByText("10:00")).toBeVisible();
  expect(document.title).toBe("أغاني المطر · Hathor");
});

test("Play leaves out what is missing", async () => {
  kept.songs = [playlistSong(1, { missing: true }), playlistSong(2), playlistSong(3)];
  const { player } = await open();
  await userEvent.click(await screen.findByRole("button", { name: "Play" }));
  expect(player.snapshot().queue.entries.map(({ track }) => track.id)).toEqual([2, 3]);
});

test("the tape plays from where it is pressed", async () => {
  const { player, engine } = await open();
  const tape = await screen.findByRole("slider", { name: "Position in the playlist" });
  tape.getBoundingClientRect = () => ({ left: 0, width: 600 }) as DOMRect;
  fireEvent.pointerDown(tape, { clientX: 250, pointerId: 1 });
  fireEvent.pointerUp(tape, { clientX: 250, pointerId: 1 });
  expect(player.snapshot().track?.id).toBe(2);
  expect(engine.loads.at(-1)?.options).toEqual({ autoplay: true, position: 50 });
  act(() => player.pause());
  fireEvent.keyDown(tape, { key: "ArrowRight" });
  expect(engine.position().seconds).toBe(60);
});

test("a song is moved by Alt and the arrows, at once and on the server", async () => {
  await open();
  await list();
  act(() => within(rowOf("Song 3")).getByRole("button", { name: "Play Song 3" }).focus());
  await userEvent.keyboard("{Alt>}{ArrowUp}{ArrowUp}{/Alt}");
  expect(await order()).toEqual(["Song 3", "Song 1", "Song 2"]);
  expect(screen.getByText("Song 3 is now number 1 of 3")).toBeInTheDocument();
  await waitFor(() =>
    expect(bodies).toEqual([
      { entryIds: [300], beforeEntryId: 200, revision: 4 },
      { entryIds: [300], beforeEntryId: 100, revision: 5 },
    ]),
  );
});

test("a dragged song is sent once, when it is let go", async () => {
  await open();
  await list();
  const grip = screen.getByRole("button", { name: /^Move Song 1/ });
  fireEvent.pointerDown(grip, { clientY: 100, pointerId: 1 });
  fireEvent.pointerMove(grip, { clientY: 160, pointerId: 1 });
  fireEvent.pointerMove(grip, { clientY: 220, pointerId: 1 });
  expect(await order()).toEqual(["Song 2", "Song 3", "Song 1"]);
  expect(bodies).toEqual([]);
  fireEvent.pointerUp(grip, { pointerId: 1 });
  await waitFor(() => expect(bodies).toEqual([{ entryIds: [100], beforeEntryId: null, revision: 4 }]));
});

test("when somebody else changed it, that is shown and said", async () => {
  await open();
  await list();
  kept = { playlist: playlist(1, { revision: 9 }), songs: [3, 2, 1].map((id) => playlistSong(id)) };
  await userEvent.click(screen.getByRole("button", { name: "More for Song 1" }));
  await userEvent.click(await screen.findByRole("menuitem", { name: "Move down" }));
  await waitFor(async () => expect(await order()).toEqual(["Song 3", "Song 2", "Song 1"]));
  expect(toasts.list().at(-1)?.text).toMatch(/changed elsewhere/);
});

test("a song is taken out of the playlist", async () => {
  const { seen } = await open();
  await list();
  await userEvent.click(screen.getByRole("button", { name: "More for Song 2" }));
  await userEvent.click(await screen.findByRole("menuitem", { name: "Remove from the playlist" }));
  expect(await order()).toEqual(["Song 1", "Song 3"]);
  await waitFor(() => expect(seen).toContain("DELETE /playlists/1/songs/200?revision=4"));
});

test("others' playlists are heard, not changed", async () => {
  kept.playlist = playlist(1, { mine: false, isPublic: true });
  await open();
  await list();
  expect(screen.queryByRole("button", { name: /^Move/ })).toBeNull();
  expect(screen.queryByRole("button", { name: "Edit playlist" })).toBeNull();
});

test("the owner changes the text", async () => {
  await open();
  await userEvent.click(await screen.findByRole("button", { name: "Edit playlist" }));
  const name = await screen.findByLabelText("Name");
  await userEvent.clear(name);
  await userEvent.type(name, "Sunday");
  await userEvent.click(screen.getByRole("button", { name: "Save" }));
  expect(await screen.findByRole("heading", { level: 1, name: "Sunday" })).toBeVisible();
  expect(bodies).toEqual([{ name: "Sunday", description: "", isPublic: false, revision: 4 }]);
});

test("the owner opens it to everybody, and deletes it after a question", async () => {
  const { router, seen } = await open();
  await userEvent.click(await screen.findByRole("button", { name: "More for Playlist 1" }));
  await userEvent.click(await screen.findByRole("menuitem", { name: "Make public" }));
  expect(await screen.findByText("Public playlist")).toBeVisible();
  await userEvent.click(screen.getByRole("button", { name: "More for Playlist 1" }));
  await userEvent.click(await screen.findByRole("menuitem", { name: "Delete" }));
  await userEvent.click(await screen.findByRole("button", { name: "Delete" }));
  await waitFor(() => expect(router.state.location.pathname).toBe("/playlists"));
  expect(seen).toContain("DELETE /playlists/1");
});

test("an empty playlist says how songs get in", async () => {
  kept.songs = [];
  await open();
  expect(await screen.findByText(/choose “Add to playlist”/)).toBeVisible();
});

test("a playlist that is not there is said", async () => {
  fakeApi({});
  await renderPage(PlaylistPage, { path: "/playlists/$id", at: "/playlists/1" });
  expect(await screen.findByText("This playlist is not here.")).toBeVisible();
});

function rowOf(title: string): HTMLElement {
  return screen.getByText(title).closest("li") as HTMLElement;
}
