import { act, fireEvent, screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, expect, test } from "vitest";

import { songDialogs } from "@/hooks/songDialogs";
import { toasts } from "@/lib/toasts";
import { inScroller } from "@/test/inScroller";
import { renderPage } from "@/test/render";
import { tracks } from "@/test/tracks";

import { QueuePage } from "./QueuePage";

afterEach(() => songDialogs.close());

/** Song 2 plays, Song 1 was before, 3 to 6 come next. */
async function openQueue() {
  const page = await renderPage(inScroller(QueuePage));
  act(() => page.player.playTracks(tracks(1, 2, 3, 4, 5, 6), 1));
  const grid = await screen.findByRole("grid", { name: "Next up" });
  const order = () => page.player.snapshot().queue.entries.map((entry) => entry.track.id);
  const keys = async (text: string) => {
    act(() => grid.focus());
    await userEvent.keyboard(text);
  };
  const press = (name: string | RegExp) => userEvent.click(screen.getByRole("button", { name }));
  return { ...page, grid, order, keys, press };
}

test("it tells what plays, what comes next and what was before", async () => {
  const { grid } = await openQueue();
  expect(screen.getByText("6 songs, 20:00")).toBeVisible();
  expect(within(grid).getAllByRole("row")).toHaveLength(4);
  const before = screen.getByRole("list", { name: "Played before" });
  expect(within(before).getByText("Song 1")).toBeVisible();
});

test("an empty queue says how to fill it", async () => {
  await renderPage(inScroller(QueuePage));
  expect(await screen.findByRole("heading", { name: "The queue is empty." })).toBeVisible();
});

test("Alt with the arrows moves the song under the cursor, and says where to", async () => {
  const { order, keys } = await openQueue();
  await keys("{ArrowDown}{Alt>}{ArrowUp}{/Alt}");
  expect(order()).toEqual([1, 2, 4, 3, 5, 6]);
  expect(screen.getByRole("status")).toHaveTextContent("Song 4 is now number 1 of 4");
  await keys("{Alt>}{ArrowUp}{/Alt}");
  expect(order()).toEqual([1, 2, 4, 3, 5, 6]);
  await keys("{Alt>}{ArrowDown}{ArrowDown}{/Alt}");
  expect(order()).toEqual([1, 2, 3, 5, 4, 6]);
});

test("several songs move together, to the front and to the end", async () => {
  const { order, keys, press } = await openQueue();
  await keys("{ArrowDown} {Shift>}{ArrowDown}{/Shift}");
  expect(screen.getByText("2 selected")).toBeVisible();
  await keys("{Alt>}{ArrowDown}{/Alt}");
  expect(order()).toEqual([1, 2, 3, 6, 4, 5]);
  await press(/^Play next/);
  expect(order()).toEqual([1, 2, 4, 5, 3, 6]);
  await keys("e");
  expect(order()).toEqual([1, 2, 3, 6, 4, 5]);
});

test("chosen songs are taken out at once, and the song goes on", async () => {
  const { player, order, keys } = await openQueue();
  await keys(" {ArrowDown} d");
  expect(order()).toEqual([1, 2, 5, 6]);
  expect(player.snapshot().track?.id).toBe(2);
  await keys("{Delete}");
  expect(order()).toEqual([1, 2, 5]);
});

test("a song is dragged by its handle", async () => {
  const { order } = await openQueue();
  const grip = screen.getByRole("button", { name: /^Move Song 3/ });
  fireEvent.pointerDown(grip, { clientY: 100, pointerId: 1 });
  fireEvent.pointerMove(grip, { clientY: 100 + 2 * 56, pointerId: 1 });
  fireEvent.pointerUp(grip, { pointerId: 1 });
  expect(order()).toEqual([1, 2, 4, 5, 3, 6]);
});

test("Enter plays from there, and what was before can be played again", async () => {
  const { player, keys, press } = await openQueue();
  await keys("{End}{Enter}");
  expect(player.snapshot().track?.id).toBe(6);
  await press(/^Play Song 1/);
  expect(player.snapshot().track?.id).toBe(1);
});

test("the whole queue, or what is chosen, becomes a playlist", async () => {
  const { keys, press } = await openQueue();
  await press("Save as playlist");
  expect(songDialogs.current()).toMatchObject({
    kind: "addToPlaylist",
    songs: [1, 2, 3, 4, 5, 6].map((id) => ({ id })),
  });
  await keys(" p");
  expect(songDialogs.current()).toMatchObject({ songs: [{ id: 3 }] });
});

test("a cleared queue can be brought back", async () => {
  const { order, press } = await openQueue();
  await press("Clear");
  expect(order()).toEqual([1, 2]);
  expect(screen.getByText(/^Nothing comes next/)).toBeVisible();
  act(() => toasts.list().at(-1)?.action?.run());
  await waitFor(() => expect(order()).toEqual([1, 2, 3, 4, 5, 6]));
});

test("ten thousand songs keep the page small", async () => {
  const { player, grid } = await openQueue();
  act(() => player.playTracks(tracks(...Array.from({ length: 10_000 }, (_, at) => at + 1)), 5000));
  expect(grid).toHaveAttribute("aria-rowcount", "4999");
  expect(within(grid).getAllByRole("row").length).toBeLessThan(60);
});
