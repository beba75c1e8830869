import { act, cleanup, screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { beforeEach, expect, test, vi } from "vitest";

import type { Session } from "@/api/types";
import { soundSettings } from "@/hooks/soundSettings";
import { preferences } from "@/hooks/usePreferences";
import { fakeApi } from "@/test/fakeApi";
import { renderPage } from "@/test/render";
import { user } from "@/test/samples";

import { ProfilePage } from "./ProfilePage";

const firefox = "Mozilla/5.0 (X11; Linux x86_64; rv:142.0) Gecko/20100101 Firefox/142.0";
let sessions: Session[];
let bodies: unknown[];

beforeEach(() => {
  bodies = [];
  const about = { ip: "192.0.2.7", createdAt: "2026-03-04T12:00:00Z", lastSeenAt: "2026-03-04T13:00:00Z" };
  sessions = [
    { id: 2, userAgent: "curl/8.5.0", current: false, ...about },
    { id: 1, userAgent: firefox, current: true, ...about },
  ];
});

async function open() {
  const refuse = (field: string, message: string): [number, object] => [
    400,
    { error: "Validation failed", code: "validation_failed", details: [{ field, message }] },
  ];
  const seen = fakeApi({
    "GET /auth/session": () => [200, { user }],
    "PUT /auth/profile": ({ body }) => {
      bodies.push(body);
      const { displayName } = body as { displayName: string };
      return displayName === "bad"
        ? refuse("displayName", "Too bad")
        : [200, { user: { ...user, displayName } }];
    },
    "POST /auth/password": ({ body }) => {
      bodies.push(body);
      const { newPassword, currentPassword } = body as Record<string, string>;
      if (newPassword === "short") return refuse("newPassword", "Password must be at least 8 characters");
      if (currentPassword === "wrong")
        return [403, { error: "The current password is wrong", code: "forbidden" }];
      return [204];
    },
    "GET /auth/sessions": () => [200, { sessions }],
    "DELETE /auth/sessions/*": ({ params }) => {
      sessions = sessions.filter(({ id }) => String(id) !== params[0]);
      return [204];
    },
  });
  const { engine } = await renderPage(ProfilePage);
  await screen.findByRole("heading", { level: 1, name: "Jo Vance" });
  return { seen, engine };
}

const section = (name: string) => within(screen.getByRole("region", { name }));

test("the display name is changed everywhere", async () => {
  await open();
  const name = screen.getByLabelText("Display name");
  await userEvent.clear(name);
  await userEvent.type(name, "Wren Hollis");
  await userEvent.click(section("Name").getByRole("button", { name: "Save" }));
  expect(await screen.findByRole("heading", { level: 1, name: "Wren Hollis" })).toBeVisible();
  expect(section("Name").getByText("Saved")).toBeVisible();
  expect(bodies).toEqual([{ displayName: "Wren Hollis", avatarUrl: null }]);
});

test("what is wrong with the name stands at the name", async () => {
  await open();
  await userEvent.clear(screen.getByLabelText("Display name"));
  await userEvent.type(screen.getByLabelText("Display name"), "bad");
  await userEvent.click(section("Name").getByRole("button", { name: "Save" }));
  expect(await screen.findByText("Too bad")).toBeVisible();
});

async function change(current: string, next: string) {
  await userEvent.type(screen.getByLabelText("Current password"), current);
  await userEvent.type(screen.getByLabelText("New password"), next);
  await userEvent.click(screen.getByRole("button", { name: "Change password" }));
}

test("a new password is taken, and the fields are emptied", async () => {
  await open();
  await change("Correct1horse", "Battery2staple");
  expect(await screen.findByText(/^Changed\./)).toBeVisible();
  expect(screen.getByLabelText("Current password")).toHaveValue("");
  expect(bodies).toEqual([{ currentPassword: "Correct1horse", newPassword: "Battery2staple" }]);
});

test("a weak password is said at its field, a wrong one below the form", async () => {
  await open();
  await change("Correct1horse", "short");
  expect(await screen.findByText("Password must be at least 8 characters")).toBeVisible();
  expect(screen.getByLabelText("New password")).toBeInvalid();
  await userEvent.clear(screen.getByLabelText("Current password"));
  await userEvent.clear(screen.getByLabelText("New password"));
  await change("wrong", "Battery2staple");
  expect(await screen.findByText("The current password is wrong")).toBeVisible();
});

test("sessions are named, this one first and marked; another one is ended", async () => {
  await open();
  const list = await screen.findByRole("list", { name: "Sessions" });
  await within(list).findByText("curl");
  const [first, second] = within(list).getAllByRole("listitem");
  expect(first).toHaveTextContent("Firefox on LinuxThis one");
  expect(within(first as HTMLElement).queryByRole("button")).toBeNull();
  await userEvent.click(within(second as HTMLElement).getByRole("button", { name: "End the session curl" }));
  await waitFor(() => expect(within(list).queryByText("curl")).toBeNull());
});

test("theme and shortcuts are chosen for this device", async () => {
  await open();
  await userEvent.click(screen.getByRole("radio", { name: "Dark" }));
  expect(document.documentElement.dataset["theme"]).toBe("dark");
  await userEvent.click(screen.getByRole("switch", { name: "Single-letter shortcuts" }));
  expect(preferences.snapshot()).toEqual({ theme: "dark", letterKeys: true, quality: "original" });
  preferences.setTheme("system");
  preferences.setLetterKeys(false);
});

test("how songs sound is chosen for this device, and what the browser can is said in words", async () => {
  const { engine } = await open();
  await userEvent.click(section("Sound").getByRole("radio", { name: "By album" }));
  expect(section("Sound").getByText(/what is quiet on one stays quiet/)).toBeVisible();
  expect(soundSettings.snapshot().levelling).toBe("album");
  soundSettings.setLevelling("off");
  expect(section("Sound").getByText(/without a gap/)).toBeVisible();
  act(() => engine.becomeAble({ rung: "element", why: "broken" }));
  expect(section("Sound").getByText(/short gap.*did not start here/)).toBeVisible();
});

test("a page over plain http says what https would add, until that is waved away", async () => {
  vi.stubGlobal("isSecureContext", false);
  await open();
  expect(screen.getByRole("note")).toHaveTextContent("plain http");
  expect(screen.getByRole("link", { name: "What to do" })).toHaveAttribute("href", "/certificate");
  await userEvent.click(screen.getByRole("button", { name: "Do not show this again" }));
  expect(screen.queryByRole("note")).toBeNull();
  cleanup();
  await open();
  expect(screen.queryByRole("note")).toBeNull();
  localStorage.clear();
  cleanup();
  vi.stubGlobal("isSecureContext", true);
  await open();
  expect(screen.queryByRole("note")).toBeNull();
  vi.unstubAllGlobals();
});
