import { act, screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import type { ReactNode } from "react";
import { beforeEach, expect, test } from "vitest";

import { scanQuery } from "@/api/admin";
import type { Analysis, Health, ScanState } from "@/api/types";
import { fakeApi } from "@/test/fakeApi";
import { inScroller } from "@/test/inScroller";
import { renderPage } from "@/test/render";
import { library, user } from "@/test/samples";

import { OverviewPage } from "./OverviewPage";
import { ScanPage } from "./ScanPage";

let scan: ScanState;
let health: [number, Health];

beforeEach(() => {
  analysis = NO_ANALYSIS;
  scan = {
    running: false,
    seen: 0,
    read: 0,
    total: 0,
    perSecond: null,
    secondsLeft: null,
    added: 0,
    updated: 0,
    missing: 0,
    failed: 0,
    follows: [],
    startedAt: null,
    finishedAt: null,
  };
  const about = { timestamp: "2026-03-04T12:00:00Z", uptime: 3720, version: "2.0.0" };
  health = [200, { status: "ok", checks: { database: { status: "healthy", responseTime: 0.4 } }, ...about }];
});

const FAULTS = [
  { path: "Music/broken.flac", reason: "It is no FLAC file", libraryId: 1 },
  { path: "Tapes/", reason: "It could not be opened", libraryId: 2 },
];

const NO_ANALYSIS: Analysis = {
  ...{ enabled: true, running: false, total: 0, done: 0, failed: 0, pending: 0 },
  ...{ perSecond: 0, secondsLeft: null },
};
let analysis = NO_ANALYSIS;

async function open(Page: () => ReactNode) {
  fakeApi({
    "GET /auth/session": () => [200, { user: { ...user, role: "admin" } }],
    "GET /library/scan": () => [200, scan],
    "POST /library/scan": () => {
      scan = { ...scan, running: true, startedAt: "2026-03-04T12:00:00Z" };
      return [200, scan];
    },
    "DELETE /library/scan": () => {
      scan = { ...scan, running: false, finishedAt: "2026-03-04T12:00:10Z" };
      return [200, scan];
    },
    "GET /library/scan/errors": () => [200, { errors: FAULTS, total: 5000 }],
    "GET /library/analysis": () => [200, analysis],
    "GET /library/analysis/failures": () => [
      200,
      {
        failures: [{ songId: 3, title: "Cut", artist: "Low Atlas", reason: "It is cut short", at: "" }],
        total: 1,
      },
    ],
    "GET /libraries": () => [200, { libraries: [library(1, "Music"), library(2, "Tapes")] }],
    "GET /health": () => health,
  });
  return renderPage(inScroller(Page));
}

test("a scan is started, followed and stopped", async () => {
  const { queries } = await open(ScanPage);
  expect(await screen.findByText("No scan since the server started.")).toBeVisible();
  await userEvent.click(screen.getByRole("button", { name: "Scan folders" }));
  expect(await screen.findByText("Reading the library folders")).toBeVisible();
  scan = { ...scan, seen: 1204, added: 1100, failed: 3 };
  await act(() => queries.refetchQueries(scanQuery));
  const card = within(screen.getByRole("region", { name: "Scan" }));
  expect(await card.findByText("1,204")).toBeVisible();
  expect(card.getByText("1,100")).toBeVisible();
  await userEvent.click(card.getByRole("button", { name: "Stop" }));
  expect(await card.findByRole("button", { name: "Scan folders" })).toBeVisible();
  expect(card.getByText(/^Last scan/)).toBeVisible();
});

test("a running scan is asked for every second, a finished one is not", () => {
  const interval = scanQuery.refetchInterval;
  const ask = (running: boolean) =>
    typeof interval === "function" && interval({ state: { data: { ...scan, running } } } as never);
  expect(ask(true)).toBe(1000);
  expect(ask(false)).toBe(false);
});

test("a running scan says where it is and how long it will take", async () => {
  const reading = { library: "Music", folder: "Low Water Marks" };
  const far = { seen: 1204, read: 300, total: 1200, perSecond: 7, secondsLeft: 130 };
  scan = { ...scan, running: true, startedAt: "2026-03-04T12:00:00Z", ...far, reading };
  await open(ScanPage);
  expect(await screen.findByText("Music/Low Water Marks")).toBeVisible();
  expect(screen.getByText("about 2 min left")).toBeVisible();
  expect(screen.getByText("300 of 1,200 new and changed files")).toBeVisible();
  const bar = screen.getByRole("progressbar", { name: "New and changed files read" });
  expect(bar).toHaveAttribute("aria-valuenow", "25");
});

test("each folder says how its changes are found, and why not as they happen", async () => {
  const named = (libraryId: number, name: string) => ({ libraryId, library: name, everySeconds: null });
  scan.follows = [
    { ...named(1, "Music"), by: "events", reason: null },
    { ...named(2, "Share"), by: "interval", everySeconds: 900, reason: "It is a network mount" },
    { ...named(3, "Attic"), by: "nothing", reason: null },
  ];
  await open(ScanPage);
  const follows = within(await screen.findByRole("region", { name: "How changes are found" }));
  expect(follows.getByText("As they happen")).toBeVisible();
  expect(follows.getByText("By a scan every 15 min")).toBeVisible();
  expect(follows.getByText("It is a network mount")).toBeVisible();
  expect(follows.getByText("Only by scans that somebody starts")).toBeVisible();
});

test("thousands of unreadable files are listed with their reason, those in view alone", async () => {
  await open(ScanPage);
  expect(
    await screen.findByRole("heading", { level: 2, name: "5,000 files could not be read" }),
  ).toBeVisible();
  expect(await screen.findByText("broken.flac")).toBeVisible();
  expect(screen.getByText("It is no FLAC file")).toBeVisible();
  expect(screen.getByText("The whole folder")).toBeVisible();
  expect(screen.getAllByRole("listitem").length).toBeLessThan(60);
});

test("the measuring of songs is followed, with what could not be measured", async () => {
  const going = { running: true, perSecond: 4.25, secondsLeft: 7500 };
  analysis = { ...NO_ANALYSIS, total: 4000, done: 990, failed: 10, pending: 3000, ...going };
  await open(ScanPage);
  const card = within(await screen.findByRole("region", { name: "Measuring" }));
  expect(await card.findByText("about 2 hr 5 min left")).toBeVisible();
  expect(card.getByRole("progressbar")).toHaveAttribute("aria-valuenow", "25");
  expect(card.getByText("4.3")).toBeVisible();
  expect(await card.findByText("It is cut short")).toBeVisible();
});

test("the overview tells how the server is and what the last scan found", async () => {
  scan = { ...scan, seen: 1204, finishedAt: "2026-03-04T12:00:10Z" };
  await open(OverviewPage);
  expect(await screen.findByText("All is well")).toBeVisible();
  expect(screen.getByText("2.0.0")).toBeVisible();
  expect(screen.getByText("1 hr 2 min")).toBeVisible();
  expect(screen.getByRole("link", { name: "API documentation" })).toHaveAttribute("href", "/api/docs");
  expect(await screen.findByText("1,204")).toBeVisible();
  expect(screen.getByRole("link", { name: "Open the scan" })).toHaveAttribute("href", "/admin/scan");
});

test("an unwell server still tells how it is", async () => {
  health = [503, { ...health[1], status: "degraded", checks: { storage: { status: "unhealthy" } } }];
  await open(OverviewPage);
  expect(await screen.findByText("A part is unwell")).toBeVisible();
  expect(screen.getByText("Unwell")).toBeVisible();
});
