import { act, fireEvent, screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, test, vi } from "vitest";

import { fakeApi } from "@/test/fakeApi";
import { renderPage } from "@/test/render";
import { track, tracks } from "@/test/tracks";

import { Deck } from "./Deck";
import { MiniPlayer } from "./MiniPlayer";
import { QueuePanel } from "./QueuePanel";

async function showDeck() {
  const toggle = vi.fn();
  const page = await renderPage(() => <Deck queueOpen={false} onToggleQueue={toggle} />);
  return { ...page, toggle, press: (name: string) => userEvent.click(screen.getByRole("button", { name })) };
}

test("the deck is idle while nothing plays", async () => {
  const { press, engine } = await showDeck();
  expect(screen.getByText("Nothing is playing")).toBeVisible();
  await press("Play");
  expect(engine.loads).toEqual([]);
});

test("the deck shows and steers what plays", async () => {
  const { player, press, engine } = await showDeck();
  act(() => player.playTracks(tracks(1, 2)));
  expect(screen.getByText("Song 1")).toBeVisible();
  expect(screen.getByText("3:20")).toBeVisible();
  await press("Pause");
  expect(engine.state().kind).toBe("paused");
  await press("Next");
  expect(screen.getByText("Song 2")).toBeVisible();
  await press("Repeat: off");
  expect(screen.getByRole("button", { name: "Repeat: all", pressed: true })).toBeVisible();
  await press("Mute");
  expect(engine.volume).toBe(0);
});

test("a like shows at once and is taken back when the server refuses", async () => {
  let answer: (status: number) => void = () => undefined;
  const decided = new Promise<number>((done) => (answer = done));
  vi.stubGlobal("fetch", async () => {
    const status = await decided;
    return new Response(JSON.stringify({ error: "no", code: "internal" }), { status });
  });
  const { player, press } = await showDeck();
  act(() => player.playTracks([track(1)]));
  await press("Like Song 1");
  expect(screen.getByRole("button", { name: "Unlike Song 1", pressed: true })).toBeVisible();
  answer(500);
  expect(await screen.findByRole("button", { name: "Like Song 1", pressed: false })).toBeVisible();
});

test("a like is sent", async () => {
  const seen = fakeApi({ "PUT /songs/*/like": () => [204] });
  const { player, press } = await showDeck();
  act(() => player.playTracks([track(7)]));
  await press("Like Song 7");
  await vi.waitFor(() => expect(seen).toEqual(["PUT /songs/7/like"]));
});

test("the phone's player is there only when something was played", async () => {
  const { player } = await renderPage(MiniPlayer);
  expect(screen.queryByRole("region", { name: "Player" })).toBeNull();
  act(() => player.playTracks(tracks(1)));
  expect(screen.getByRole("region", { name: "Player" })).toBeVisible();
});

async function showQueue() {
  const close = vi.fn();
  const page = await renderPage(() => <QueuePanel onClose={close} />);
  act(() => page.player.playTracks(tracks(1, 2, 3, 4)));
  const order = () =>
    within(screen.getByRole("list", { name: "Next up" }))
      .getAllByRole("listitem")
      .map((row) => /Song \d/.exec(row.textContent ?? "")?.[0]);
  return { ...page, close, order };
}

test("the queue lists what comes next", async () => {
  const { order } = await showQueue();
  expect(order()).toEqual(["Song 2", "Song 3", "Song 4"]);
  expect(screen.getByRole("heading", { name: "Queue" })).toHaveFocus();
});

test("a song is moved by keyboard, and the move is told", async () => {
  const { player } = await showQueue();
  const grip = screen.getByRole("button", { name: /^Move Song 3/ });
  act(() => grip.focus());
  await userEvent.keyboard("{ArrowUp}");
  expect(player.snapshot().queue.entries.map((entry) => entry.track.id)).toEqual([1, 3, 2, 4]);
  expect(screen.getByRole("status")).toHaveTextContent("Song 3 is now number 1 of 3");
  expect(screen.getByRole("button", { name: /^Move Song 3/ })).toHaveFocus();
  await userEvent.keyboard("{ArrowUp}");
  expect(player.snapshot().queue.entries.map((entry) => entry.track.id)).toEqual([1, 3, 2, 4]);
});

test("a song is dragged by its handle", async () => {
  const { player } = await showQueue();
  const grip = screen.getByRole("button", { name: /^Move Song 2/ });
  fireEvent.pointerDown(grip, { clientY: 100, pointerId: 1 });
  fireEvent.pointerMove(grip, { clientY: 100 + 2 * 56, pointerId: 1 });
  fireEvent.pointerUp(grip, { pointerId: 1 });
  expect(player.snapshot().queue.entries.map((entry) => entry.track.id)).toEqual([1, 3, 4, 2]);
});

test("songs are taken out one by one or all at once", async () => {
  const { order } = await showQueue();
  await userEvent.click(screen.getByRole("button", { name: "Remove Song 3 from the queue" }));
  expect(order()).toEqual(["Song 2", "Song 4"]);
  await userEvent.click(screen.getByRole("button", { name: "Clear" }));
  expect(screen.getByText(/Nothing comes next/)).toBeVisible();
});

test("a song of the queue is played by pressing it", async () => {
  const { player } = await showQueue();
  await userEvent.click(screen.getByRole("button", { name: /^Play Song 4/ }));
  expect(player.snapshot().track?.id).toBe(4);
});
