import { act, fireEvent, screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, beforeEach, expect, test } from "vitest";

import { deviceBoard } from "@/lib/deviceBoard";
import type { TimedLine } from "@/lib/lyrics";
import { fakeApi } from "@/test/fakeApi";
import { renderPage } from "@/test/render";
import { song, user } from "@/test/samples";
import { tracks } from "@/test/tracks";

import { NowPage } from "./NowPage";

interface Lyrics {
  plain: string;
  synced: boolean;
  lines: TimedLine[];
}

const synced: Lyrics = {
  plain: "",
  synced: true,
  lines: [
    { at: 10_000, text: "Nobody keeps the shore" },
    { at: 20_000, text: "" },
    { at: 30_000, text: "And you at the door" },
  ],
};

beforeEach(() => localStorage.clear());
afterEach(() => act(() => deviceBoard.follow(null)));

async function openNow(lyrics: Lyrics = synced, measured = true) {
  const seen = fakeApi({
    "GET /auth/session": () => [200, { user }],
    "GET /songs/*": ({ params: [id] }) => [200, { song: song(Number(id)), details: {} }],
    "GET /songs/*/lyrics": () => [200, lyrics],
    "GET /songs/*/waveform": () => [200, { measured, perSecond: 10, peaks: measured ? [0, 128, 255] : [] }],
    "PUT /songs/*/rating": () => [204],
  });
  const page = await renderPage(NowPage, { path: "/now", at: "/now" });
  // Still, so that the clock of the machine moves nothing.
  act(() => {
    page.player.playTracks(tracks(1, 2), 0);
    page.player.pause();
  });
  await screen.findByRole("heading", { level: 1, name: "Song 1" });
  const slider = screen.getByRole("slider", { name: "Position" });
  return { ...page, seen, slider };
}

test("nothing plays: it says so, and leads to the library", async () => {
  await renderPage(NowPage, { path: "/now", at: "/now" });
  expect(screen.getByRole("heading", { name: "Nothing is playing" })).toBeVisible();
  expect(screen.getByRole("link", { name: "To the library" })).toHaveAttribute("href", "/albums");
});

test("the song has its artist, its album, its place and its stars", async () => {
  const { seen } = await openNow();
  expect(await screen.findByRole("link", { name: "Marit Sølvberg" })).toHaveAttribute("href", "/artists/1");
  expect(screen.getByRole("link", { name: "Stairwell Songs" })).toHaveAttribute("href", "/albums/1");
  expect(screen.getByText("1 of 2 in the queue")).toBeVisible();
  (await screen.findByRole("slider", { name: "Rate Song 1" })).focus();
  await userEvent.keyboard("5");
  await waitFor(() => expect(seen).toContain("PUT /songs/1/rating"));
});

test("the wave is a slider for the keyboard", async () => {
  const { slider, engine } = await openNow();
  act(() => slider.focus());
  await userEvent.keyboard("{ArrowRight}{ArrowRight}");
  expect(engine.now.seconds).toBe(10);
  await waitFor(() => expect(slider).toHaveAttribute("aria-valuetext", "0:10 of 3:20"));
  await userEvent.keyboard("{End}");
  expect(engine.now.seconds).toBe(200);
});

test("without a measured wave the rule stands alone and works", async () => {
  const { slider, engine } = await openNow(synced, false);
  expect(slider.querySelector("path")).toBeNull();
  act(() => slider.focus());
  await userEvent.keyboard("{PageUp}");
  expect(engine.now.seconds).toBe(25);
});

test("lyrics follow the song, and a line leads to its moment", async () => {
  const { engine, player } = await openNow();
  await screen.findByText("And you at the door");
  const words = within(await screen.findByRole("region", { name: "Lyrics" }));
  act(() => player.seek(12));
  await waitFor(() =>
    expect(words.getByRole("button", { name: "Nobody keeps the shore" })).toHaveAttribute(
      "aria-current",
      "true",
    ),
  );
  expect(words.getByRole("button", { name: "Without words" })).toBeVisible();
  await userEvent.click(words.getByRole("button", { name: "And you at the door" }));
  expect(engine.now.seconds).toBe(30);
  await waitFor(() =>
    expect(words.getByRole("button", { name: "And you at the door" })).toHaveAttribute(
      "aria-current",
      "true",
    ),
  );
});

test("arrows walk through the lines without moving the song, and the way back is offered", async () => {
  const { player, engine } = await openNow();
  await screen.findByText("And you at the door");
  act(() => player.seek(12));
  act(() => screen.getByRole("button", { name: "Nobody keeps the shore" }).focus());
  await userEvent.keyboard("{ArrowDown}{ArrowDown}");
  expect(screen.getByRole("button", { name: "And you at the door" })).toHaveFocus();
  expect(engine.now.seconds).toBe(12);
  await userEvent.click(screen.getByRole("button", { name: "Back to the line that is sung" }));
  expect(screen.queryByRole("button", { name: "Back to the line that is sung" })).toBeNull();
});

test("words without times are shown as they are", async () => {
  await openNow({ plain: "Low water at nine\nHigh water at never", synced: false, lines: [] });
  expect(await screen.findByText(/High water at never/)).toBeVisible();
});

test("a song without words says where they would come from", async () => {
  await openNow({ plain: "", synced: false, lines: [] });
  expect(await screen.findByText("No lyrics for this song.")).toBeVisible();
});

test("the sleep timer stops at the end of the song, and is taken back", async () => {
  const { engine } = await openNow();
  await userEvent.click(screen.getByRole("button", { name: "Sleep timer, Off" }));
  await userEvent.click(screen.getByRole("menuitem", { name: "At the end of the song" }));
  expect(engine.next).toBeNull();
  await userEvent.click(screen.getByRole("button", { name: "Sleep timer, Stops at the end of the song" }));
  await userEvent.click(screen.getByRole("menuitem", { name: "Off" }));
  expect(engine.next?.id).toBe(2);
});

test("Escape leads back to where one came from", async () => {
  const { router } = await openNow();
  await act(() => router.navigate({ to: "/albums" as string }));
  await act(() => router.navigate({ to: "/now" as string }));
  await screen.findByRole("heading", { level: 1, name: "Song 1" });
  await userEvent.keyboard("{Escape}");
  await waitFor(() => expect(router.state.location.pathname).toBe("/albums"));
});

async function openVibe() {
  const page = await openNow();
  await userEvent.click(screen.getByRole("button", { name: "Vibe" }));
  const panel = within(screen.getByRole("region", { name: "Vibe" }));
  return { ...page, panel, fader: (name: string) => panel.getByRole("slider", { name }) };
}

test("speed and pitch are bent by their sliders, and said in words", async () => {
  const { engine, panel, fader } = await openVibe();
  fireEvent.change(fader("Speed"), { target: { value: "0.88" } });
  fireEvent.change(fader("Pitch"), { target: { value: "-2" } });
  expect(engine.vibe).toEqual({ speed: 0.88, pitch: -2 });
  expect(fader("Speed")).toHaveAttribute("aria-valuetext", "0.88 times");
  expect(fader("Pitch")).toHaveAttribute("aria-valuetext", "minus 2 semitones");
  expect(panel.getByText("\u22122")).toBeVisible();
  fireEvent.change(fader("Pitch"), { target: { value: "1" } });
  expect(fader("Pitch")).toHaveAttribute("aria-valuetext", "plus 1 semitone");
  await userEvent.click(panel.getByRole("button", { name: "Reset" }));
  expect(engine.vibe).toEqual({ speed: 1, pitch: 0 });
  expect(panel.getByRole("radio", { name: "Off" })).toBeChecked();
});

test("a ready-made vibe is kept for its song alone", async () => {
  const { engine, player, panel } = await openVibe();
  await userEvent.click(panel.getByRole("radio", { name: "Nightcore" }));
  await userEvent.click(panel.getByRole("switch", { name: "Keep for this song" }));
  act(() => player.next());
  expect(engine.vibe).toEqual({ speed: 1, pitch: 0 });
  expect(panel.getByRole("switch", { name: "Keep for this song" })).not.toBeChecked();
  act(() => player.previous());
  expect(engine.vibe).toEqual({ speed: 1.25, pitch: 3 });
  expect(panel.getByRole("switch", { name: "Keep for this song" })).toBeChecked();
});

test("where the pitch cannot be bent, it says why and what would help", async () => {
  const { engine, panel, fader } = await openVibe();
  act(() => engine.becomeAble({ pitch: false, why: "insecure" }));
  expect(fader("Pitch")).toBeDisabled();
  expect(fader("Speed")).toBeEnabled();
  expect(panel.getByText(/open Hathor over https/)).toBeVisible();
});

const kitchen = { id: "b", name: "Kitchen", kind: "speaker", online: true } as const;

test("the device button says where the music sounds", async () => {
  await openNow();
  act(() => deviceBoard.show({ mine: "a", active: "b", elsewhere: true, devices: [kitchen] }));
  expect(await screen.findByRole("button", { name: "Playing on Kitchen" })).toBeVisible();
});
