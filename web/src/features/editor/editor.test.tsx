import { act, screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, expect, test } from "vitest";

import { songDialogs } from "@/hooks/songDialogs";
import { toasts } from "@/lib/toasts";
import { fakeApi } from "@/test/fakeApi";
import { renderPage } from "@/test/render";
import { artist, song } from "@/test/samples";
import { ToastRegion } from "@/ui/ToastRegion";

import { EditorDialogs } from "./EditorDialogs";
import { EditsPage } from "./EditsPage";

afterEach(() =>
  act(() => {
    songDialogs.close();
    for (const { id } of toasts.list()) toasts.dismiss(id);
  }),
);

/** The dialogs with the messages that follow on them. */
function Page() {
  return (
    <>
      <EditorDialogs />
      <ToastRegion source={toasts} />
    </>
  );
}

function server(bodies: unknown[] = []) {
  return fakeApi({
    "PATCH /songs": ({ body }) => {
      bodies.push(body);
      const { ids, set } = body as { ids: number[]; set: { year?: number } };
      if (set.year === 1850)
        return [
          400,
          {
            error: "Validation failed",
            code: "validation_failed",
            details: [{ field: "year", message: "Year must be between 1900 and 2026" }],
          },
        ];
      return [200, { editId: 7, songs: ids.map((id) => song(id)) }];
    },
    "POST /edits/*/undo": ({ params }) => {
      bodies.push(`undo ${params[0] ?? ""}`);
      return [200, { editId: 7, songs: [song(1), song(2)] }];
    },
    "POST /songs/write-tags": ({ body }) => {
      const { ids } = body as { ids: number[] };
      return [
        200,
        {
          results: ids.map((songId) => ({
            songId,
            status: songId === 2 ? "refused" : "written",
            reason: songId === 2 ? "The Ogg file has damaged pages" : "",
          })),
        },
      ];
    },
    "POST /artists/merge": ({ body }) => {
      bodies.push(body);
      return [200, { editId: 9, songCount: 3 }];
    },
    "POST /artists/*/split": ({ body }) => {
      bodies.push(body);
      return [200, { editId: 9, songCount: 3 }];
    },
    "GET /search": () => [
      200,
      { songs: [], albums: [], artists: [artist(1, { name: "Ines" }), artist(5, { name: "Ines Aldaba" })] },
    ],
    "GET /genres": () => [200, { genres: [{ name: "City pop", songCount: 3 }] }],
    "GET /edits": () => [
      200,
      {
        edits: [
          {
            id: 7,
            kind: "songs",
            by: "jo_vance",
            at: "2026-03-04T12:00:00Z",
            summary: "",
            songCount: 12,
            fields: ["title", "genres"],
            titles: ["One", "Two", "Three"],
            undoneAt: null,
          },
        ],
        total: 1,
        nextCursor: null,
      },
    ],
  });
}

test("one song: only what was touched is sent, and what is refused stands beside its field", async () => {
  const bodies: unknown[] = [];
  server(bodies);
  await renderPage(Page);
  act(() => songDialogs.show({ kind: "edit", songs: [song(5)] }));
  const year = await screen.findByLabelText("Year");
  await userEvent.clear(year);
  await userEvent.type(year, "1850{Enter}");
  expect(await screen.findByText("Year must be between 1900 and 2026")).toBeVisible();
  await userEvent.clear(year);
  await userEvent.type(screen.getByLabelText("Title"), "!");
  await userEvent.click(screen.getByRole("button", { name: "Save" }));
  await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
  expect(bodies).toEqual([
    { ids: [5], set: { year: 1850 }, clear: [] },
    { ids: [5], set: { title: "Song 5!", year: 0 }, clear: [] },
  ]);
});

test("many songs: what differs is left alone, and a message offers the way back", async () => {
  const bodies: unknown[] = [];
  server(bodies);
  await renderPage(Page);
  act(() =>
    songDialogs.show({ kind: "edit", songs: [song(1), song(2, { album: "Other", genres: ["Folk"] })] }),
  );
  const dialog = await screen.findByRole("dialog", { name: "Edit 2 songs" });
  expect(within(dialog).getByLabelText("Album")).toHaveAttribute("placeholder", "Several values");
  expect(within(dialog).getByLabelText("Year")).toHaveValue("1961");
  const genres = within(dialog).getByRole("combobox", { name: "Genres" });
  expect(genres).toHaveAttribute("placeholder", "Several values stay as they are");
  await userEvent.type(genres, "city");
  await userEvent.click(await within(dialog).findByRole("option", { name: "City pop" }));
  await userEvent.type(genres, "Dub{Enter}");
  await userEvent.click(within(dialog).getByRole("button", { name: "Save" }));
  await waitFor(() =>
    expect(bodies).toEqual([{ ids: [1, 2], set: { genres: ["City pop", "Dub"] }, clear: [] }]),
  );
  expect(await screen.findByText("2 songs changed.")).toBeVisible();
  await userEvent.click(screen.getByRole("button", { name: "Undo" }));
  expect(await screen.findByText("2 songs are as they were.")).toBeVisible();
  expect(bodies.at(-1)).toBe("undo 7");
});

test("the files' own values come back with one press", async () => {
  const bodies: { clear: string[] }[] = [];
  server(bodies);
  await renderPage(Page);
  act(() => songDialogs.show({ kind: "edit", songs: [song(1)] }));
  await userEvent.click(await screen.findByRole("button", { name: "Back to the files' values" }));
  await waitFor(() => expect(bodies[0]?.clear).toContain("cover"));
});

test("writing goes into uploads alone, and names what could not be written", async () => {
  server();
  await renderPage(Page);
  act(() => songDialogs.show({ kind: "edit", songs: [song(1), song(2), song(3, { uploadedBy: null })] }));
  await userEvent.click(await screen.findByRole("button", { name: "Write into files" }));
  expect(await screen.findByText(/One song lies in a library folder/)).toBeVisible();
  await userEvent.click(screen.getByRole("button", { name: "Write" }));
  expect(await screen.findByText("The Ogg file has damaged pages")).toBeVisible();
  expect(screen.getByRole("status")).toHaveTextContent("One file written.");
});

test("an artist is merged into the one that is found, never into itself", async () => {
  const bodies: unknown[] = [];
  server(bodies);
  await renderPage(Page);
  act(() => songDialogs.show({ kind: "mergeArtist", artist: artist(1, { name: "Ines" }) }));
  await userEvent.type(await screen.findByRole("textbox"), "ines");
  await userEvent.click(await screen.findByRole("button", { name: "Merge into Ines Aldaba" }));
  await waitFor(() => expect(bodies).toEqual([{ from: [1], into: 5 }]));
  expect(screen.queryByRole("button", { name: "Merge into Ines" })).toBeNull();
});

test("a split begins with a guess", async () => {
  const bodies: unknown[] = [];
  server(bodies);
  await renderPage(Page);
  act(() => songDialogs.show({ kind: "splitArtist", artist: artist(1, { name: "Ada & Bo" }) }));
  await userEvent.click(await screen.findByRole("button", { name: "Split" }));
  await waitFor(() => expect(bodies).toEqual([{ names: ["Ada", "Bo"] }]));
});

test("kept edits are listed with what they did, and can be taken back", async () => {
  const bodies: unknown[] = [];
  server(bodies);
  await renderPage(EditsPage);
  expect(await screen.findByText("One, Two, Three and 9 more")).toBeVisible();
  expect(screen.getByText("Changed: title, genres")).toBeVisible();
  await userEvent.click(screen.getByRole("button", { name: "Undo" }));
  await waitFor(() => expect(bodies).toEqual(["undo 7"]));
});
