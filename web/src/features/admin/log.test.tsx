import { act, screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { beforeEach, expect, test } from "vitest";

import { logQuery } from "@/api/server";
import type { LogLine } from "@/api/types";
import { fakeApi } from "@/test/fakeApi";
import { renderPage } from "@/test/render";

import { ConfigurationPage } from "./ConfigurationPage";
import { LogPage } from "./LogPage";

let lines: LogLine[];

const line = (number: number, level: LogLine["level"], message: string, url = "/"): LogLine => ({
  number,
  level,
  message,
  time: "2026-03-04T12:00:00Z",
  fields: [{ name: "url", value: url }],
});

beforeEach(() => {
  lines = [line(1, "info", "request", "/api/songs"), line(2, "error", "scan of a library failed")];
});

async function open() {
  const seen = fakeApi({
    "GET /admin/log": ({ query }) => {
      const newest = lines.at(-1)?.number ?? 0;
      const after = Number(query.get("after"));
      return [200, { newest, lines: lines.filter(({ number }) => after > newest || number > after) }];
    },
  });
  const page = await renderPage(LogPage);
  await screen.findByText("scan of a library failed");
  return { ...page, seen };
}

const messages = () =>
  within(screen.getByRole("list", { name: "Lines, newest first" }))
    .getAllByRole("listitem")
    .map((item) => item.textContent);

test("the newest line comes first, and only new ones are fetched", async () => {
  const { queries, seen } = await open();
  expect(messages()[0]).toMatch(/scan of a library failed/);
  lines = [...lines, line(3, "warn", "a slow answer")];
  await act(() => queries.refetchQueries(logQuery(false)));
  await waitFor(() => expect(messages()[0]).toMatch(/a slow answer/));
  expect(messages()).toHaveLength(3);
  expect(seen.at(-1)).toBe("GET /admin/log?after=2&limit=2000");
});

test("a server that was started anew begins a new log", async () => {
  const { queries } = await open();
  lines = [line(1, "info", "listening again")];
  await act(() => queries.refetchQueries(logQuery(false)));
  await waitFor(() => expect(messages()).toHaveLength(1));
});

test("lines are found by severity and by text", async () => {
  await open();
  await userEvent.selectOptions(screen.getByRole("combobox", { name: "Severity" }), "Error");
  expect(messages()).toHaveLength(1);
  await userEvent.selectOptions(screen.getByRole("combobox", { name: "Severity" }), "All");
  await userEvent.type(screen.getByLabelText("Find"), "API/SONGS");
  expect(messages()).toHaveLength(1);
  await userEvent.type(screen.getByLabelText("Find"), "x");
  expect(screen.getByText("No such lines.")).toBeVisible();
});

test("it follows only while it is told to", () => {
  expect(logQuery(true).refetchInterval).toBe(2000);
  expect(logQuery(false).refetchInterval).toBe(false);
});

test("settings stand with where they come from", async () => {
  const setting = {
    key: "port",
    variable: "PORT",
    value: "5000",
    origin: "environment PORT",
    isSecret: false,
  };
  fakeApi({
    "GET /admin/config": () => [
      200,
      {
        settings: [
          setting,
          { ...setting, key: "log-file", variable: "LOG_FILE", value: "", origin: "default" },
        ],
      },
    ],
  });
  await renderPage(ConfigurationPage);
  const row = (name: string) => within(screen.getByText(name).closest("li") as HTMLElement);
  await screen.findByText("PORT");
  expect(row("PORT").getByText("5000")).toBeVisible();
  expect(row("PORT").getByText("environment PORT")).toBeVisible();
  expect(row("LOG_FILE").getByText("not set")).toBeVisible();
});
