import { screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, test } from "vitest";

import type { Listen } from "@/api/types";
import { fakeApi } from "@/test/fakeApi";
import { renderPage } from "@/test/render";
import { song } from "@/test/samples";

import { groupByDay, nameOfDay } from "./days";
import { HistoryPage } from "./HistoryPage";

const listen = (id: number, at: string): Listen => ({ id, at, duration: 120, song: song(id) });
const local = (day: number, hour: number) => new Date(2026, 2, day, hour).toISOString();

test("listens are grouped by the reader's day", () => {
  const days = groupByDay([listen(3, local(4, 1)), listen(2, local(3, 23)), listen(1, local(3, 8))]);
  expect(days.map(({ key, listens }) => [key, listens.length])).toEqual([
    ["2026-03-04", 1],
    ["2026-03-03", 2],
  ]);
});

test.each([
  ["2026-03-04", "Today"],
  ["2026-03-03", "Yesterday"],
  ["2026-03-01", "Sunday, March 1"],
  ["2025-12-31", "Wednesday, December 31, 2025"],
])("%s is called %s", (day, name) => {
  expect(nameOfDay(day, "en", new Date(2026, 2, 4, 12))).toBe(name);
});

test("the history goes on as far as it was kept", async () => {
  const seen = fakeApi({
    "GET /history": () =>
      seen.some((asked) => asked.includes("cursor=next"))
        ? [200, { listens: [listen(1, local(2, 12))], nextCursor: null }]
        : [200, { listens: [listen(3, local(4, 13)), listen(2, local(4, 12))], nextCursor: "next" }],
  });
  const { player } = await renderPage(HistoryPage);
  const day = await screen.findByRole("list", { name: /March 4/ });
  expect(within(day).getAllByRole("listitem")).toHaveLength(2);
  expect(screen.getByText("2 songs, 4:00")).toBeVisible();
  await userEvent.click(screen.getByRole("button", { name: "Show earlier ones" }));
  expect(await screen.findByText("Song 1")).toBeVisible();
  expect(screen.queryByRole("button", { name: "Show earlier ones" })).toBeNull();
  await userEvent.click(within(day).getByRole("button", { name: "Play Song 2" }));
  expect(player.snapshot().queue.entries.map(({ track }) => track.id)).toEqual([3, 2]);
});

test("an empty history says what will stand there", async () => {
  fakeApi({ "GET /history": () => [200, { listens: [], nextCursor: null }] });
  await renderPage(HistoryPage);
  expect(await screen.findByRole("heading", { level: 1, name: "Nothing heard yet." })).toBeVisible();
});
