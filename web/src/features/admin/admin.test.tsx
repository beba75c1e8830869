import { act, screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import type { ReactNode } from "react";
import { beforeEach, expect, test } from "vitest";

import { scanQuery } from "@/api/admin";
import type { Health, ScanState } from "@/api/types";
import { fakeApi } from "@/test/fakeApi";
import { renderPage } from "@/test/render";
import { user } from "@/test/samples";

import { LibrariesPage } from "./LibrariesPage";
import { OverviewPage } from "./OverviewPage";
import { ScanPage } from "./ScanPage";

let scan: ScanState;
let health: [number, Health];

beforeEach(() => {
  scan = {
    running: false,
    seen: 0,
    added: 0,
    updated: 0,
    missing: 0,
    failed: 0,
    startedAt: null,
    finishedAt: null,
  };
  const about = { timestamp: "2026-03-04T12:00:00Z", uptime: 3720, version: "2.0.0" };
  health = [200, { status: "ok", checks: { database: { status: "healthy", responseTime: 0.4 } }, ...about }];
});

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
    "GET /library/scan/errors": () => [
      200,
      { errors: [{ path: "Album/broken.flac", reason: "It is no FLAC file" }], total: 3 },
    ],
    "GET /libraries": () => [
      200,
      { libraries: [{ id: 1, name: "Music", kind: "folder", songCount: 104212 }] },
    ],
    "GET /health": () => health,
  });
  return renderPage(Page);
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

test("unreadable files are listed with their reason", async () => {
  await open(ScanPage);
  await userEvent.click(await screen.findByText("3 files could not be read"));
  expect(screen.getByText("Album/broken.flac")).toBeVisible();
  expect(screen.getByText("It is no FLAC file")).toBeVisible();
  expect(screen.getByText("and 2 more")).toBeVisible();
});

test("libraries are shown with their numbers of songs", async () => {
  await open(LibrariesPage);
  expect(await screen.findByText("104,212")).toBeVisible();
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
