import { screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { beforeEach, expect, test, vi } from "vitest";

import type { ApiKey } from "@/api/types";
import { toasts } from "@/lib/toasts";
import { fakeApi } from "@/test/fakeApi";
import { renderPage } from "@/test/render";

import { SecurityPage } from "./SecurityPage";

const CODES = ["k7qf-m2xd-9rtp-3hwv", "0000-1111-2222-3333"];
let factor: { enabled: boolean; recoveryCodesLeft: number; required: boolean };
let keys: ApiKey[];
let bodies: unknown[];

beforeEach(() => {
  factor = { enabled: false, recoveryCodesLeft: 0, required: false };
  bodies = [];
  const about = { createdAt: "2026-03-04T12:00:00Z", lastUsedAt: null, expiresAt: null };
  keys = [{ id: 3, name: "Old radio", scope: "read", prefix: "hk_abc123", ...about }];
});

async function open() {
  const wrong = (field: string): [number, object] => [
    400,
    { error: "Validation failed", code: "validation_failed", details: [{ field, message: "No" }] },
  ];
  const seen = fakeApi({
    "GET /auth/factor": () => [200, factor],
    "POST /auth/factor": () => [
      201,
      { secret: "GEZDGNBVGY3TQOJQ", uri: "otpauth://totp/x", qr: { size: 21, path: "M0 0h7v1h-7z" } },
    ],
    "POST /auth/factor/enable": ({ body }) => {
      bodies.push(body);
      if ((body as { code: string }).code !== "123456") return wrong("code");
      factor = { ...factor, enabled: true, recoveryCodesLeft: 2 };
      return [200, { recoveryCodes: CODES }];
    },
    "POST /auth/factor/recovery-codes": () => [200, { recoveryCodes: CODES }],
    "DELETE /auth/factor": ({ body }) => {
      bodies.push(body);
      if ((body as { code: string }).code !== "123456") return wrong("code");
      factor = { ...factor, enabled: false };
      return [204];
    },
    "GET /auth/api-keys": () => [200, { apiKeys: keys }],
    "POST /auth/api-keys": ({ body }) => {
      bodies.push(body);
      const made = { ...(body as { name: string; scope: "read" | "write" }), id: 4, prefix: "hk_new456" };
      const apiKey: ApiKey = {
        ...made,
        createdAt: "2026-03-05T12:00:00Z",
        lastUsedAt: null,
        expiresAt: null,
      };
      keys = [apiKey, ...keys];
      return [201, { key: "hk_new456-the-rest-of-it", apiKey }];
    },
    "DELETE /auth/api-keys/*": ({ params }) => {
      keys = keys.filter(({ id }) => String(id) !== params[0]);
      return [204];
    },
  });
  await renderPage(SecurityPage);
  await screen.findByRole("heading", { level: 1, name: "Security" });
  return seen;
}

const section = (name: string) => within(screen.getByRole("region", { name }));
const press = async (name: string) => userEvent.click(await screen.findByRole("button", { name }));

test("a second factor is set up, and the recovery codes are shown once", async () => {
  await open();
  await press("Set up");
  expect(await screen.findByRole("img", { name: /^QR code/ })).toBeVisible();
  expect(screen.getByText("GEZD GNBV GY3T QOJQ")).toBeVisible();
  const code = screen.getByLabelText("Six digits");
  expect(code).toHaveAttribute("autocomplete", "one-time-code");
  await userEvent.type(code, "000000{Enter}");
  expect(await screen.findByText(/^This is not the code/)).toBeVisible();
  await userEvent.clear(code);
  await userEvent.click(screen.getByLabelText("Sign out everywhere else"));
  await userEvent.type(code, "123456{Enter}");
  const list = await screen.findByRole("list", { name: "Recovery codes" });
  expect(
    within(list)
      .getAllByRole("listitem")
      .map((item) => item.textContent),
  ).toEqual(CODES);
  expect(bodies).toEqual([
    { code: "000000", endOthers: true },
    { code: "123456", endOthers: false },
  ]);
  await press("I have put them away");
  expect(await screen.findByText("2 recovery codes are left.")).toBeVisible();
  expect(screen.queryByText(CODES[0] ?? "")).toBeNull();
});

test("recovery codes can be copied where pages may, and otherwise that is said", async () => {
  factor = { enabled: true, recoveryCodesLeft: 1, required: false };
  const person = userEvent.setup(); // brings a clipboard
  await open();
  expect(await screen.findByText("1 recovery code is left.")).toBeVisible();
  await person.click(await screen.findByRole("button", { name: "New recovery codes" }));
  await person.click(await screen.findByRole("button", { name: "Copy" }));
  expect(await navigator.clipboard.readText()).toBe(CODES.join("\n"));
  expect(await screen.findByRole("button", { name: "Copied" })).toBeVisible();
  vi.spyOn(navigator.clipboard, "writeText").mockRejectedValue(new Error("not secure"));
  document.execCommand = () => false;
  const told = vi.spyOn(toasts, "push");
  await person.click(screen.getByRole("button", { name: "Copied" }));
  await waitFor(() =>
    expect(told).toHaveBeenCalledWith(expect.stringContaining("does not let pages copy"), "fault"),
  );
});

test("it is switched off by a code", async () => {
  factor = { enabled: true, recoveryCodesLeft: 9, required: false };
  await open();
  await press("Switch off");
  const dialog = within(await screen.findByRole("dialog"));
  const code = dialog.getByLabelText(/^Code from/);
  await userEvent.type(code, "000000{Enter}");
  expect(await dialog.findByText(/^This code is wrong/)).toBeVisible();
  await userEvent.clear(code);
  await userEvent.type(code, "123456{Enter}");
  expect(await screen.findByRole("button", { name: "Set up" })).toBeVisible();
  expect(screen.queryByRole("dialog")).toBeNull();
});

test("an admin who must have one is told why, and cannot switch it off", async () => {
  factor = { enabled: false, recoveryCodesLeft: 0, required: true };
  await open();
  expect(await screen.findByText(/^This server wants admins/)).toBeVisible();
  await press("Set up");
  await userEvent.type(await screen.findByLabelText("Six digits"), "123456{Enter}");
  await press("I have put them away");
  expect(await screen.findByText(/^It stays on/)).toBeVisible();
  expect(screen.queryByText(/^This server wants admins/)).toBeNull();
  expect(screen.queryByRole("button", { name: "Switch off" })).toBeNull();
});

test("a key is made, shown once and deleted", async () => {
  await open();
  await press("New key");
  const dialog = within(await screen.findByRole("dialog"));
  await userEvent.type(dialog.getByLabelText("Name"), "Living room");
  await userEvent.click(dialog.getByRole("radio", { name: "Read and change" }));
  await userEvent.selectOptions(dialog.getByLabelText("How long it works"), "30 days");
  await userEvent.click(dialog.getByRole("button", { name: "Make the key" }));
  expect(await screen.findByText("hk_new456-the-rest-of-it")).toBeVisible();
  const [made] = bodies as [{ name: string; scope: string; expiresAt: string }];
  expect(made).toMatchObject({ name: "Living room", scope: "write" });
  expect(new Date(made.expiresAt).getTime() - Date.now()).toBeGreaterThan(29 * 86_400_000);
  await press("Done");
  expect(screen.queryByText("hk_new456-the-rest-of-it")).toBeNull();
  expect(await section("API keys").findByText("Living room")).toBeVisible();

  await press("Delete the key Old radio");
  await press("Cancel");
  await press("Delete the key Old radio");
  await press("Delete for good");
  await waitFor(() => expect(section("API keys").queryByText("Old radio")).toBeNull());
});

test("without keys the page says what they are for", async () => {
  keys = [];
  await open();
  expect(await screen.findByText(/^None yet/)).toBeVisible();
});
