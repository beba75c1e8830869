import { screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { beforeEach, expect, test } from "vitest";

import type { Library } from "@/api/types";
import { fakeApi } from "@/test/fakeApi";
import { renderPage } from "@/test/render";
import { library } from "@/test/samples";

import { LibrariesPage } from "./LibrariesPage";

const wren = { id: 2, username: "wren" };
let libraries: Library[];
let bodies: unknown[];

beforeEach(() => {
  bodies = [];
  const folder = { path: "/music", configured: true, problem: null, granted: [] };
  libraries = [
    library(1, "Uploads"),
    library(2, "Demos", { isOpen: false, isHeard: false, songCount: 3 }),
    library(3, "Private", {
      kind: "private",
      isOpen: false,
      songCount: null,
      size: 7_000_000,
      admin: { ...folder, path: null, owner: wren },
    }),
    library(4, "Music", { kind: "folder", songCount: 104_212, admin: folder }),
    library(5, "Attic", { kind: "folder", admin: { ...folder, path: "/attic", configured: false } }),
  ];
});

async function open() {
  const member = { role: "member", songs: 1, used: 0, quota: null, ownQuota: false };
  const change = (body: unknown): [number, object] => {
    bodies.push(body);
    return [200, { library: libraries[0] }];
  };
  const seen = fakeApi({
    "GET /libraries": () => [200, { libraries }],
    "POST /libraries": ({ body }) => change(body),
    "PATCH /libraries/*": ({ body }) => change(body),
    "PUT /libraries/*/grants": ({ body }) => change(body),
    "DELETE /libraries/*": () => [204],
    "GET /admin/storage": () => [
      200,
      {
        members: [
          { ...wren, ...member },
          { id: 3, username: "ada", ...member },
        ],
        defaultQuota: null,
      },
    ],
  });
  await renderPage(LibrariesPage);
  await screen.findByText("Uploads");
  return { seen };
}

const row = (name: string) => within(screen.getByText(name).closest("li") as HTMLElement);

async function choose(name: string, act: string) {
  await userEvent.click(row(name).getByRole("button", { name: `More for ${name}` }));
  await userEvent.click(await screen.findByRole("menuitem", { name: act }));
}

test("each library says what is in it and who hears it, another's private one only its size", async () => {
  await open();
  expect(row("Uploads").getByText("Everybody here")).toBeVisible();
  expect(row("Demos").getByText("Nobody yet")).toBeVisible();
  expect(row("Music").getByText("104,212 songs")).toBeVisible();
  expect(row("Music").getByText("/music")).toBeVisible();
  expect(row("Attic").getByText(/^Not in MUSIC_DIRS any more/)).toBeVisible();
  const own = row("wren’s own");
  expect(own.getByText("7 MB")).toBeVisible();
  expect(own.queryByText(/songs/)).toBeNull();
  expect(own.queryByRole("button")).toBeNull();
});

test("a library is made, and a name is wanted", async () => {
  await open();
  await userEvent.click(screen.getByRole("button", { name: "New library" }));
  const dialog = within(await screen.findByRole("dialog", { name: "New library" }));
  await userEvent.click(dialog.getByRole("button", { name: "Make it" }));
  expect(dialog.getByText("A library needs a name")).toBeVisible();
  await userEvent.type(dialog.getByLabelText("Name"), "Tapes");
  await userEvent.click(dialog.getByRole("button", { name: "Make it" }));
  await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
  expect(bodies).toEqual([{ name: "Tapes", isOpen: false }]);
});

test("members are let in and a library is opened", async () => {
  await open();
  await choose("Demos", "Who hears it…");
  const dialog = within(await screen.findByRole("dialog"));
  await userEvent.click(await dialog.findByRole("checkbox", { name: "wren" }));
  await userEvent.click(dialog.getByRole("button", { name: "Save" }));
  await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
  await choose("Demos", "Open to everybody");
  await waitFor(() => expect(bodies).toEqual([{ userIds: [2] }, { isOpen: true }]));
});

test("songs go with a library only when that is said as well", async () => {
  const { seen } = await open();
  await choose("Demos", "Delete…");
  const dialog = within(await screen.findByRole("dialog", { name: "Delete Demos?" }));
  const remove = dialog.getByRole("button", { name: "Delete…" });
  await userEvent.click(remove);
  expect(seen).not.toContain("DELETE /libraries/2?songs=delete");
  await userEvent.click(dialog.getByRole("switch", { name: "Delete its 3 songs too" }));
  await userEvent.click(remove);
  await waitFor(() => expect(seen).toContain("DELETE /libraries/2?songs=delete"));
});

test("a folder that is configured cannot be removed here, one that is not can", async () => {
  await open();
  await userEvent.click(row("Music").getByRole("button", { name: "More for Music" }));
  await screen.findByRole("menuitem", { name: "Rename…" });
  expect(screen.queryByRole("menuitem", { name: "Delete…" })).toBeNull();
  await userEvent.keyboard("{Escape}");
  await choose("Attic", "Delete…");
  expect(await screen.findByText(/The files in the folder stay/)).toBeVisible();
});
