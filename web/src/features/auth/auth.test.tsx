import { screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, test } from "vitest";

import { fakeApi } from "@/test/fakeApi";
import { renderPage } from "@/test/render";
import { user } from "@/test/samples";

import { SignInPage } from "./SignInPage";
import { SignUpPage } from "./SignUpPage";
import { localPath } from "./useEnter";

/** The forms as a person sees them. */
const form = {
  fill: (label: RegExp, text: string) => userEvent.type(screen.getByLabelText(label), text),
  send: (name: string) => userEvent.click(screen.getByRole("button", { name })),
};

async function signIn() {
  await form.fill(/^Username/, "jo_vance");
  await form.fill(/^Password/, "Correct1horse");
  await form.send("Sign in");
}

test("signing in sends a web sign-in and opens the page that was asked for", async () => {
  const bodies: unknown[] = [];
  fakeApi({
    "POST /auth/login": ({ body }) => {
      bodies.push(body);
      return [200, { message: "Welcome", user }];
    },
  });
  const { router } = await renderPage(SignInPage, { at: "/?next=%2Falbums%2F7" });
  await signIn();
  await waitFor(() => expect(router.state.location.pathname).toBe("/albums/7"));
  expect(bodies).toEqual([{ username: "jo_vance", password: "Correct1horse", client: "web" }]);
});

test("a wrong password is said without saying which part was wrong", async () => {
  fakeApi({ "POST /auth/login": () => [401, { error: "Invalid credentials", code: "invalid_credentials" }] });
  await renderPage(SignInPage);
  await signIn();
  expect(await screen.findByText("Username or password is wrong.")).toBeVisible();
});

test("a second factor is asked for when the server wants it", async () => {
  const bodies: unknown[] = [];
  fakeApi({
    "POST /auth/login": ({ body }) => {
      bodies.push(body);
      return bodies.length === 1
        ? [401, { error: "Code needed", code: "totp_required" }]
        : [200, { message: "Welcome", user }];
    },
  });
  await renderPage(SignInPage);
  await signIn();
  await userEvent.type(await screen.findByLabelText(/^Code/), "123456");
  expect(screen.queryByText("Username or password is wrong.")).toBeNull();
  await form.send("Sign in");
  await waitFor(() => expect(bodies.at(-1)).toMatchObject({ totp: "123456" }));
});

/** A server whose listener has a second factor. */
function withSecondFactor(right: string) {
  const codes: unknown[] = [];
  fakeApi({
    "POST /auth/login": ({ body }) => {
      const { totp } = body as { totp?: string };
      if (totp === undefined) return [401, { error: "Code needed", code: "totp_required" }];
      codes.push(totp);
      return totp === right
        ? [200, { message: "Welcome", user }]
        : [401, { error: "Wrong code", code: "totp_invalid" }];
    },
  });
  return codes;
}

test("a wrong code is said at the code, and a pasted one is sent at once", async () => {
  const codes = withSecondFactor("123 456");
  await renderPage(SignInPage);
  await signIn();
  const code = await screen.findByLabelText(/^Code/);
  expect(code).toHaveAttribute("autocomplete", "one-time-code");
  expect(screen.queryByLabelText(/^Password/)).toBeNull();
  await userEvent.type(code, "654321");
  expect(codes).toEqual([]); // what is typed waits for the button
  await form.send("Sign in");
  expect(await screen.findByText(/^This code is wrong/)).toBeVisible();
  expect(screen.queryByText("Username or password is wrong.")).toBeNull();
  await userEvent.clear(code);
  await userEvent.click(code);
  await userEvent.paste("123 456");
  await waitFor(() => expect(codes).toEqual(["654321", "123 456"]));
});

test("a recovery code is taken in the same place, and one can go back", async () => {
  const codes = withSecondFactor("k7qf-m2xd-9rtp-3hwv");
  await renderPage(SignInPage);
  await signIn();
  await userEvent.click(await screen.findByRole("button", { name: "Sign in as somebody else" }));
  expect(screen.getByLabelText(/^Username/)).toBeVisible();
  await form.send("Sign in");
  await userEvent.click(await screen.findByRole("button", { name: "Use a recovery code" }));
  await userEvent.type(screen.getByLabelText("Recovery code"), "k7qf-m2xd-9rtp-3hwv");
  await form.send("Sign in");
  await waitFor(() => expect(codes).toEqual(["k7qf-m2xd-9rtp-3hwv"]));
});

test("too many tries are told as such", async () => {
  fakeApi({ "POST /auth/login": () => [429, { error: "Too many", code: "rate_limited" }] });
  await renderPage(SignInPage);
  await signIn();
  expect(await screen.findByText(/Too many tries/)).toBeVisible();
});

test("signing up shows each fault at its field", async () => {
  const details = [
    { field: "username", message: "Username must be 3-50 characters" },
    { field: "password", message: "Password must be at least 8 characters" },
  ];
  fakeApi({
    "POST /auth/register": () => [400, { error: "Validation failed", code: "validation_failed", details }],
  });
  await renderPage(SignUpPage);
  await form.fill(/^Username/, "jo");
  await form.send("Sign up");
  const username = screen.getByLabelText(/^Username/);
  await waitFor(() => expect(username).toBeInvalid());
  expect(username).toHaveAccessibleDescription(/must be 3-50 characters/);
  expect(screen.getByLabelText(/^Password/)).toHaveAccessibleDescription(/at least 8 characters$/);
  expect(screen.getByLabelText(/^E-mail/)).toBeValid();
});

test("signing up leaves an empty name out", async () => {
  const bodies: unknown[] = [];
  fakeApi({
    "POST /auth/register": ({ body }) => {
      bodies.push(body);
      return [201, { message: "Welcome", user }];
    },
  });
  const { router } = await renderPage(SignUpPage, { path: "/sign-up", at: "/sign-up" });
  await form.fill(/^Username/, "jo_vance");
  await form.fill(/^E-mail/, "jo@example.org");
  await form.fill(/^Password/, "Correct1horse");
  await form.send("Sign up");
  await waitFor(() => expect(router.state.location.pathname).toBe("/"));
  expect(bodies).toEqual([
    { username: "jo_vance", email: "jo@example.org", password: "Correct1horse", client: "web" },
  ]);
});

test("a taken name is told", async () => {
  fakeApi({ "POST /auth/register": () => [409, { error: "Taken", code: "conflict" }] });
  await renderPage(SignUpPage);
  await form.send("Sign up");
  expect(await screen.findByText("This username or e-mail is taken.")).toBeVisible();
});

test("an invitation in the address is looked at, shown and sent along", async () => {
  const bodies: unknown[] = [];
  const seen = fakeApi({
    "POST /auth/invites/check": () => [
      200,
      { role: "member", invitedBy: "Ada", expiresAt: "2026-03-04T12:00:00Z" },
    ],
    "POST /auth/register": ({ body }) => {
      bodies.push(body);
      return [201, { message: "Welcome", user }];
    },
  });
  await renderPage(SignUpPage, { path: "/sign-up", at: "/sign-up#invite=abc" });
  expect(await screen.findByText("Ada invites you to this server.")).toBeVisible();
  await form.send("Sign up");
  await waitFor(() => expect(bodies).toMatchObject([{ invite: "abc" }]));
  expect(seen.join(" ")).not.toContain("abc");
});

test.each([
  ["invite_invalid", "This invitation is not valid. Ask for a new one."],
  ["invite_expired", "This invitation has expired. Ask for a new one."],
  ["invite_used", "This invitation has been used already. Ask for a new one."],
])("%s is told before anything is filled in", async (code, text) => {
  fakeApi({ "POST /auth/invites/check": () => [403, { error: "No", code }] });
  await renderPage(SignUpPage, { path: "/sign-up", at: "/sign-up#invite=abc" });
  expect(await screen.findByText(text)).toBeVisible();
});

test.each([
  ["invite_required", /by invitation only/],
  ["registration_closed", "This server takes no new accounts."],
])("a server that answers %s says so", async (code, text) => {
  fakeApi({ "POST /auth/register": () => [403, { error: "No", code }] });
  await renderPage(SignUpPage);
  await form.send("Sign up");
  expect(await screen.findByText(text)).toBeVisible();
});

test("a disabled account is told after the right password", async () => {
  fakeApi({ "POST /auth/login": () => [403, { error: "Disabled", code: "account_disabled" }] });
  await renderPage(SignInPage);
  await signIn();
  expect(await screen.findByText("This account is disabled. Ask an admin.")).toBeVisible();
});

test("a password can be shown", async () => {
  await renderPage(SignInPage);
  const password = screen.getByLabelText(/^Password/);
  expect(password).toHaveAttribute("type", "password");
  await userEvent.click(screen.getByRole("button", { name: "Show password" }));
  expect(password).toHaveAttribute("type", "text");
});

test.each([
  ["/albums/7?a=b", "/albums/7?a=b"],
  ["//elsewhere.example", "/"],
  ["/\\elsewhere.example", "/"],
  ["https://elsewhere.example", "/"],
  [undefined, "/"],
])("after signing in, %s leads to %s", (next, path) => {
  expect(localPath(next)).toBe(path);
});
