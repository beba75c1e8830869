import { screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, test } from "vitest";

import type { AuditEvent } from "@/api/types";
import { fakeApi } from "@/test/fakeApi";
import { renderPage } from "@/test/render";
import { user } from "@/test/samples";

import { AllSessionsPage } from "./AllSessionsPage";
import { AuditPage } from "./AuditPage";

const nobody: AuditEvent = {
  id: 1,
  at: "2026-03-04T12:00:00Z",
  action: "user.role",
  outcome: "ok",
  target: { kind: "user", id: 2, name: "bea" },
  ip: "192.0.2.7",
  userAgent: "",
  detail: { from: "member", to: "admin" },
};
const blank: AuditEvent = { ...nobody, actor: { id: 1, name: "ada" } };
const events: AuditEvent[] = [
  blank,
  {
    ...nobody,
    id: 2,
    action: "session.start",
    outcome: "failed",
    detail: { reason: "password" },
  },
  {
    ...nobody,
    id: 3,
    action: "user.disable",
    ip: "",
    userAgent: "hathor user (command line)",
    detail: {},
  },
  {
    ...blank,
    id: 4,
    action: "planet.moved",
    actor: { id: 9, name: "" },
    target: { kind: "planet", id: 3, name: "" },
    detail: { by: "hand" },
  },
  {
    ...blank,
    id: 6,
    action: "library.rename",
    target: { kind: "library", id: 3, name: "Tapes" },
    detail: { from: "Reels" },
  },
  {
    ...blank,
    id: 7,
    action: "key.create",
    target: { kind: "key", id: 3, name: "Player" },
    detail: { scope: "read" },
  },
];

async function openAudit() {
  const seen = fakeApi({
    "GET /auth/session": () => [200, { user: { ...user, role: "admin" } }],
    "GET /users": () => [200, { users: [{ id: 2, username: "bea" }], total: 1, nextCursor: null }],
    "GET /audit": ({ query }) =>
      query.has("cursor")
        ? [200, { events: [{ ...blank, id: 5, action: "invite.create" }], total: 5, nextCursor: null }]
        : [200, { events, total: 5, nextCursor: "next" }],
  });
  await renderPage(AuditPage);
  return seen;
}

test("events are told in words, and unknown ones by their names", async () => {
  await openAudit();
  const row = async (text: string) => within((await screen.findByText(text)).closest("tr") ?? document.body);
  const role = await row("Changed the role");
  expect(role.getByText("to admin")).toBeVisible();
  expect(role.getByText("ada")).toBeVisible();
  expect(role.getByText("bea")).toBeVisible();
  const failed = await row("Signed in");
  expect(failed.getByText("failed")).toBeVisible();
  expect(failed.getByText("wrong name or password")).toBeVisible();
  expect(failed.getByText("Not signed in")).toBeVisible();
  expect((await row("Disabled")).getByText("Command line")).toBeVisible();
  const other = await row("planet.moved");
  expect(other.getByText("by: hand")).toBeVisible();
  expect(other.getByText("account 9")).toBeVisible();
  expect(other.getByText("planet 3")).toBeVisible();
  const renamed = await row("Renamed a library");
  expect(renamed.getByText("Tapes")).toBeVisible();
  expect(renamed.getByText("was Reels")).toBeVisible();
  expect((await row("Made an API key")).getByText("may read")).toBeVisible();
});

test("filters are asked of the server, whole days in the reader's zone", async () => {
  const seen = await openAudit();
  await userEvent.selectOptions(await screen.findByRole("combobox", { name: "What" }), "Sign-ins");
  await userEvent.selectOptions(screen.getByRole("combobox", { name: "Who" }), "bea");
  await userEvent.type(screen.getByLabelText("From"), "2026-03-01");
  await userEvent.type(screen.getByLabelText("To"), "2026-03-02");
  await waitFor(() => {
    const { searchParams } = new URL(seen.at(-1)?.replace("GET ", "http://x") ?? "");
    expect(Object.fromEntries(searchParams)).toEqual({
      limit: "50",
      action: "session",
      user: "2",
      from: new Date(2026, 2, 1).toISOString(),
      to: new Date(2026, 2, 3).toISOString(),
    });
  });
});

test("older events follow by the server's cursor", async () => {
  await openAudit();
  await userEvent.click(await screen.findByRole("button", { name: "Load older" }));
  expect(await screen.findByText("Made an invitation")).toBeVisible();
  expect(screen.queryByRole("button", { name: "Load older" })).toBeNull();
});

test("a session of somebody is ended, the own one is not offered", async () => {
  const session = { userAgent: "curl/8", ip: "192.0.2.7", createdAt: blank.at, lastSeenAt: blank.at };
  const seen = fakeApi({
    "GET /sessions": () => [
      200,
      {
        sessions: [
          { ...session, id: 7, current: false, user: { id: 2, username: "bea", displayName: "Bea" } },
          { ...session, id: 8, current: true, user: { id: 1, username: "ada", displayName: "Ada" } },
        ],
        total: 2,
        nextCursor: null,
      },
    ],
    "DELETE /sessions/*": () => [204],
  });
  await renderPage(AllSessionsPage);
  await userEvent.click(await screen.findByRole("button", { name: "End the session of Bea" }));
  await waitFor(() => expect(seen).toContain("DELETE /sessions/7"));
  expect(screen.queryByRole("button", { name: "End the session of Ada" })).toBeNull();
});
