import { screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { beforeEach, expect, test } from "vitest";

import type { Invite, Member } from "@/api/types";
import { fakeApi } from "@/test/fakeApi";
import { renderPage } from "@/test/render";
import { user } from "@/test/samples";

import { MembersPage } from "./MembersPage";

const bea: Member = {
  id: 2,
  username: "bea",
  email: "bea@example.org",
  displayName: "Bea Lind",
  avatarUrl: null,
  role: "member",
  createdAt: "2026-01-02T10:00:00Z",
  disabled: false,
  disabledAt: null,
  hasFactor: true,
  sessions: 2,
  lastSeenAt: "2026-03-04T12:00:00Z",
  songs: 3,
  stored: 12_000_000,
};
const invite: Invite = {
  id: 4,
  label: "Grandma",
  role: "member",
  libraries: [],
  maxUses: 1,
  uses: 0,
  state: "open",
  createdBy: { id: 1, username: "jo", displayName: "Jo" },
  createdAt: "2026-03-04T12:00:00Z",
  expiresAt: "2026-03-11T12:00:00Z",
};

let members: Member[];
let asked: [string, unknown][];

beforeEach(() => {
  members = [bea];
  asked = [];
});

async function open(refuse?: [number, object]) {
  const note = (name: string, body: unknown, answer: [number, object?]): [number, object?] => {
    asked.push([name, body]);
    return refuse ?? answer;
  };
  fakeApi({
    "GET /auth/session": () => [200, { user: { ...user, role: "admin" } }],
    "GET /users": ({ query }) => {
      const found = members.filter(({ username }) => username.includes(query.get("search") ?? ""));
      return [200, { users: found, total: found.length, nextCursor: null }];
    },
    "GET /libraries": () => [
      200,
      {
        libraries: [
          { id: 1, name: "Uploads", kind: "uploads", isOpen: true },
          { id: 5, name: "Tapes", kind: "uploads", isOpen: false },
          { id: 6, name: "Private", kind: "private", isOpen: false },
        ],
      },
    ],
    "GET /invites": () => [200, { invites: [invite] }],
    "POST /invites": ({ body }) =>
      note("invite", body, [201, { invite, token: "abc", link: "/sign-up#invite=abc" }]),
    "DELETE /invites/*": ({ params }) => note("revoke", params[0], [204]),
    "PATCH /users/*": ({ body }) => {
      members = [{ ...bea, ...(body as Partial<Member>) }];
      return note("change", body, [200, { user: members[0] }]);
    },
    "PUT /users/*/password": ({ body }) => note("password", body, [204]),
    "DELETE /users/*/sessions": () => note("sessions", null, [200, { ended: 2 }]),
    "DELETE /users/*/factor": () => {
      if (refuse === undefined) members = [{ ...bea, hasFactor: false }];
      return note("factor", null, [204]);
    },
    "DELETE /users/*": ({ query }) => {
      if (refuse === undefined) members = [];
      return note("delete", query.get("uploads"), [204]);
    },
  });
  return renderPage(MembersPage);
}

const openBea = async () => userEvent.click(await screen.findByRole("button", { name: /Bea Lind/ }));
const dialog = () => within(screen.getByRole("dialog"));

test("members are listed with what an admin wants to know, and found by name", async () => {
  await open();
  const row = within(await screen.findByRole("button", { name: /Bea Lind/ }));
  expect(row.getByText("bea · bea@example.org")).toBeVisible();
  expect(row.getByText("Signed in")).toBeVisible();
  expect(row.getByText("12 MB")).toBeVisible();
  await userEvent.type(screen.getByLabelText("Search members"), "nobody");
  expect(await screen.findByText("Nobody matches.")).toBeVisible();
});

test("a role is changed and a member kept out, at once", async () => {
  await open();
  await openBea();
  expect(dialog().getByRole("heading", { name: "Second factor" })).toBeVisible();
  await userEvent.click(dialog().getByRole("radio", { name: "Admin" }));
  await waitFor(() => expect(dialog().getByRole("radio", { name: "Admin" })).toBeChecked());
  await userEvent.click(dialog().getByRole("switch", { name: "Kept out" }));
  await waitFor(() =>
    expect(asked).toEqual([
      ["change", { role: "admin" }],
      ["change", { disabled: true }],
    ]),
  );
});

test("what the server refuses is said, and the switch stays", async () => {
  await open([409, { error: "This is the last admin", code: "last_admin" }]);
  await openBea();
  await userEvent.click(dialog().getByRole("switch", { name: "Kept out" }));
  expect(await dialog().findByRole("alert")).toHaveTextContent("This is the last admin");
});

test("sessions are ended and a password is set", async () => {
  await open();
  await openBea();
  await userEvent.click(dialog().getByRole("button", { name: "Sign out everywhere" }));
  await userEvent.type(dialog().getByLabelText("New password"), "Another1horse");
  await userEvent.click(dialog().getByRole("button", { name: "Set password" }));
  await waitFor(() =>
    expect(asked).toEqual([
      ["sessions", null],
      ["password", { password: "Another1horse" }],
    ]),
  );
  await waitFor(() => expect(dialog().getByLabelText("New password")).toHaveValue(""));
});

test("an account goes only after its name was typed", async () => {
  await open();
  await openBea();
  await userEvent.click(dialog().getByRole("button", { name: "Delete account" }));
  const remove = dialog().getByRole("button", { name: "Delete for good" });
  await userEvent.click(remove);
  expect(asked).toEqual([]);
  await userEvent.click(dialog().getByRole("radio", { name: "Delete them" }));
  await userEvent.type(dialog().getByLabelText("Type bea to confirm"), "bea");
  await userEvent.click(remove);
  await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
  expect(asked).toEqual([["delete", "delete"]]);
});

test("an invitation is made and its link shown once", async () => {
  await open();
  await userEvent.click(await screen.findByRole("button", { name: "Invite" }));
  await userEvent.type(dialog().getByLabelText("For whom (optional)"), " Cyd ");
  await userEvent.selectOptions(dialog().getByRole("combobox", { name: "Valid for" }), "30 days");
  await userEvent.click(await dialog().findByRole("checkbox", { name: "Tapes" }));
  expect(dialog().getAllByRole("checkbox")).toHaveLength(1);
  await userEvent.click(dialog().getByRole("button", { name: "Make the link" }));
  expect(await dialog().findByLabelText("Link")).toHaveTextContent(
    `${window.location.origin}/sign-up#invite=abc`,
  );
  expect(asked).toEqual([
    ["invite", expect.objectContaining({ label: "Cyd", role: "member", maxUses: 1, libraries: [5] })],
  ]);
});

test("an invitation is taken back", async () => {
  await open();
  const row = within((await screen.findByText("Grandma")).closest("li") ?? document.body);
  expect(row.getByText("Open")).toBeVisible();
  await userEvent.click(row.getByRole("button", { name: "Revoke the invitation Grandma" }));
  await waitFor(() => expect(asked).toEqual([["revoke", "4"]]));
});

test("a second factor is taken away after a question, and is gone then", async () => {
  await open();
  await openBea();
  await userEvent.click(dialog().getByRole("button", { name: "Remove" }));
  expect(dialog().getByText(/The password alone/)).toBeVisible();
  expect(asked).toEqual([]);
  await userEvent.click(dialog().getByRole("button", { name: "Remove second factor" }));
  await waitFor(() => expect(asked).toEqual([["factor", null]]));
  expect(await dialog().findByText("Not set up")).toBeVisible();
  expect(dialog().queryByRole("button", { name: "Remove" })).toBeNull();
});

test("why a second factor was not taken away is told", async () => {
  await open([409, { code: "own_factor", error: "That is your own" }]);
  await openBea();
  await userEvent.click(dialog().getByRole("button", { name: "Remove" }));
  await userEvent.click(dialog().getByRole("button", { name: "Remove second factor" }));
  expect(await dialog().findByRole("alert")).toHaveTextContent("That is your own");
});
