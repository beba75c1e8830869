import { screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { beforeEach, expect, test } from "vitest";

import type { MissingSong } from "@/api/types";
import { fakeApi } from "@/test/fakeApi";
import { inScroller } from "@/test/inScroller";
import { renderPage } from "@/test/render";

import { MissingPage } from "./MissingPage";

const gone = (id: number, title: string, path: string): MissingSong => ({
  ...{ id, title, artist: "Low Atlas", album: "Tides", library: "Music", libraryId: 1, path },
  ...{ since: "2026-03-04T12:00:00Z", plays: 3, playlists: 1 },
});
let missing: MissingSong[];

beforeEach(() => {
  missing = [gone(4, "Slack Water", "tide/slack.flac"), gone(9, "Ebb", "tide/ebb.flac")];
});

function open() {
  const seen = fakeApi({
    "GET /library/missing": () => [200, { songs: missing, total: missing.length }],
    "DELETE /library/missing": ({ query }) => {
      const ids = query.getAll("ids").flatMap((list) => list.split(","));
      const before = missing.length;
      missing = query.get("all") === "true" ? [] : missing.filter(({ id }) => !ids.includes(String(id)));
      return [200, { removed: before - missing.length }];
    },
  });
  return renderPage(inScroller(MissingPage)).then(() => seen);
}

const deletions = (seen: string[]) => seen.filter((asked) => asked.startsWith("DELETE"));

test("one missing song is cleaned after a question, which can be declined", async () => {
  const seen = await open();
  expect(await screen.findByText("Music/tide/slack.flac")).toBeVisible();
  expect(screen.getAllByText("3 plays, in 1 playlist")).toHaveLength(2);
  await userEvent.click(screen.getByRole("button", { name: "Clean Slack Water" }));
  const question = within(await screen.findByRole("dialog", { name: "Clean a missing song" }));
  expect(question.getByText(/“Slack Water” is forgotten/)).toBeVisible();
  await userEvent.click(question.getByRole("button", { name: "Cancel" }));
  expect(deletions(seen)).toEqual([]);
  await userEvent.click(screen.getByRole("button", { name: "Clean Slack Water" }));
  await userEvent.click(within(await screen.findByRole("dialog")).getByRole("button", { name: "Clean" }));
  expect(await screen.findByRole("button", { name: "Clean 1 song…" })).toBeVisible();
  expect(screen.queryByText("Music/tide/slack.flac")).toBeNull();
  expect(screen.getByText("Music/tide/ebb.flac")).toBeVisible();
});

test("all missing songs are cleaned at once, and then nothing is missing", async () => {
  const seen = await open();
  await userEvent.click(await screen.findByRole("button", { name: "Clean 2 songs…" }));
  const question = within(await screen.findByRole("dialog", { name: "Clean missing songs" }));
  await userEvent.click(question.getByRole("button", { name: "Clean" }));
  expect(await screen.findByRole("heading", { name: "Nothing is missing." })).toBeVisible();
  expect(deletions(seen)).toHaveLength(1);
});
