import { screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { beforeEach, expect, test } from "vitest";

import { endSession } from "@/api/account";
import { confirmation } from "@/api/confirmation";
import { ConfirmHost } from "@/app/ConfirmHost";
import { fakeApi } from "@/test/fakeApi";
import { renderPage } from "@/test/render";

const wants = { error: "Please confirm that it is you", code: "confirm_required" };

/** A server that wants a confirmation with this password, and with this code once there is one. */
function guarded(password: string, code?: string) {
  const server = { fresh: false, bodies: [] as unknown[] };
  const seen = fakeApi({
    "DELETE /auth/sessions/*": () => (server.fresh ? [204] : [403, wants]),
    "POST /auth/confirm": ({ body }) => {
      server.bodies.push(body);
      const given = body as { password: string; totp?: string };
      const wrong = (field: string, code: string): [number, object] => [
        400,
        { error: "No", code, details: [{ field, message: `wrong ${field}` }] },
      ];
      if (given.password !== password) return wrong("password", "validation_failed");
      if (code !== undefined && given.totp === undefined) return wrong("totp", "totp_required");
      if (given.totp !== code) return wrong("totp", "validation_failed");
      server.fresh = true;
      return [204];
    },
  });
  return { server, seen };
}

beforeEach(() => confirmation.settle(false));

test("a confirmed request is sent again, and several share one question", async () => {
  const { seen } = guarded("right");
  await renderPage(ConfirmHost);
  const both = Promise.all([endSession(1), endSession(2)]);
  const field = await screen.findByLabelText("Password");
  expect(screen.getAllByRole("dialog")).toHaveLength(1);
  await userEvent.type(field, "wrong{Enter}");
  expect(await screen.findByText("wrong password")).toBeVisible();
  await userEvent.clear(field);
  await userEvent.type(field, "right{Enter}");
  await both;
  expect(screen.queryByRole("dialog")).toBeNull();
  expect(seen.filter((line) => line.startsWith("DELETE")).sort()).toEqual([
    "DELETE /auth/sessions/1",
    "DELETE /auth/sessions/1",
    "DELETE /auth/sessions/2",
    "DELETE /auth/sessions/2",
  ]);
  await endSession(3);
});

test("a question that is turned away leaves the refusal", async () => {
  const { seen } = guarded("right");
  await renderPage(ConfirmHost);
  const refused = expect(endSession(1)).rejects.toMatchObject({ status: 403, code: "confirm_required" });
  await userEvent.click(await screen.findByRole("button", { name: "Cancel" }));
  await refused;
  expect(screen.queryByRole("dialog")).toBeNull();
  expect(seen).toEqual(["DELETE /auth/sessions/1"]);
});

test("the code is asked for where there is a second factor", async () => {
  const { server } = guarded("right", "123456");
  await renderPage(ConfirmHost);
  const done = endSession(1);
  await userEvent.type(await screen.findByLabelText("Password"), "right{Enter}");
  const code = await screen.findByLabelText("Code from your authenticator app");
  expect(code).toHaveFocus();
  expect(code).toHaveAttribute("autocomplete", "one-time-code");
  expect(code).not.toHaveAttribute("aria-invalid", "true");
  await userEvent.type(code, "654321{Enter}");
  expect(await screen.findByText("wrong totp")).toBeVisible();
  await userEvent.clear(code);
  await userEvent.type(code, "123456{Enter}");
  await done;
  expect(server.bodies.at(-1)).toEqual({ password: "right", totp: "123456" });
});
