import { screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, test } from "vitest";

import { fakeApi } from "@/test/fakeApi";
import { renderPage } from "@/test/render";
import { library } from "@/test/samples";

import { StoragePage } from "./StoragePage";

const pile = (count: number) => ({ count, bytes: count * 1e6 });
let bodies: unknown[];

async function open() {
  bodies = [];
  fakeApi({
    "GET /admin/storage": () => [
      200,
      {
        members: [
          { id: 2, username: "wren", role: "member", songs: 9, used: 15e9, quota: 20e9, ownQuota: false },
          { id: 1, username: "ada", role: "admin", songs: 1, used: 1e6, quota: null, ownQuota: false },
        ],
        defaultQuota: 20e9,
        databaseSize: 31e6,
        free: 120e9,
        total: 500e9,
      },
    ],
    "GET /admin/storage/objects": () => [
      200,
      { audio: pile(40), covers: pile(5), copies: pile(6), unused: pile(2) },
    ],
    "GET /libraries": () => [200, { libraries: [library(4, "Music", { kind: "folder", size: 9e9 })] }],
    "PUT /users/*/quota": ({ body, params }) => {
      bodies.push([params[0], body]);
      return [204];
    },
  });
  await renderPage(StoragePage);
  await screen.findByText("120 GB free of 500 GB");
}

test("what takes room is told, and what nothing needs any more", async () => {
  await open();
  expect(screen.getByText("31 MB")).toBeVisible();
  const row = (name: RegExp) => within(screen.getByRole("row", { name }));
  expect(await screen.findByRole("row", { name: /^Uploaded songs 40 40 MB/ })).toBeVisible();
  expect(row(/^Of these, needed by nothing/).getByText("2 MB")).toBeVisible();
  expect(row(/^Songs in folders/).getByText("9 GB")).toBeVisible();
  const bar = screen.getByRole("progressbar", { name: "Used by wren" });
  expect(bar).toHaveAttribute("aria-valuenow", "75");
});

test("a member gets a quota of their own, no limit, or the default again", async () => {
  await open();
  const set = async (kind: string, size?: string) => {
    await userEvent.click(screen.getByRole("button", { name: "Quota of wren" }));
    const dialog = within(await screen.findByRole("dialog"));
    await userEvent.click(dialog.getByRole("radio", { name: kind }));
    if (size !== undefined) {
      await userEvent.clear(dialog.getByLabelText("Gigabytes"));
      await userEvent.type(dialog.getByLabelText("Gigabytes"), size);
    }
    await userEvent.click(dialog.getByRole("button", { name: "Save" }));
    await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
  };
  await set("Own", "1.5");
  await set("No limit");
  await set("Default");
  expect(bodies).toEqual([
    ["2", { bytes: 1.5e9 }],
    ["2", { unlimited: true }],
    ["2", { bytes: null }],
  ]);
});

test("a quota that is no number is not sent", async () => {
  await open();
  await userEvent.click(screen.getByRole("button", { name: "Quota of wren" }));
  const dialog = within(await screen.findByRole("dialog"));
  await userEvent.click(dialog.getByRole("radio", { name: "Own" }));
  await userEvent.clear(dialog.getByLabelText("Gigabytes"));
  await userEvent.type(dialog.getByLabelText("Gigabytes"), "much");
  await userEvent.click(dialog.getByRole("button", { name: "Save" }));
  expect(dialog.getByText("A number from 0 to 1,000,000")).toBeVisible();
  expect(bodies).toEqual([]);
});
