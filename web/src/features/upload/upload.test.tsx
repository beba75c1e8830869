import { act, screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, expect, test } from "vitest";

import { uploads } from "@/hooks/uploads";
import { fakeApi } from "@/test/fakeApi";
import { fakeUploads } from "@/test/fakeUploads";
import { inScroller } from "@/test/inScroller";
import { renderPage } from "@/test/render";
import { library, song } from "@/test/samples";

import { UploadPage } from "./UploadPage";

afterEach(() => act(() => uploads.reset()));

const file = (name: string, size = 1000) =>
  new File(["x".repeat(size)], name, { type: "audio/mpeg", lastModified: 7 });

/** What the server keeps of an upload. */
const kept = (id: number, more: object) => ({
  ...{
    id,
    name: "1.mp3",
    fingerprint: "",
    size: 1000,
    offset: 0,
    state: "receiving",
    code: null,
    reason: null,
  },
  ...{
    notes: [],
    private: false,
    libraryId: null,
    songId: null,
    song: null,
    createdAt: "",
    expiresAt: "",
    ...more,
  },
});
const done = (id: number, state = "done") => kept(5, { state, songId: id, song: song(id) });

async function open(
  earlier: object[] = [],
  outcome: object = done(7),
  more: Parameters<typeof fakeApi>[0] = {},
) {
  const sent = fakeUploads();
  const seen = fakeApi({
    "GET /uploads": () => [200, { uploads: earlier, total: earlier.length, nextCursor: null }],
    "GET /uploads/9": () => [200, outcome],
    "DELETE /uploads/5": () => [204, null],
    "DELETE /uploads/9": () => [204, null],
    ...more,
  });
  await renderPage(inScroller(UploadPage));
  return {
    sent,
    seen,
    choose: async (...files: File[]) => {
      const before = sent.length;
      await userEvent.upload(screen.getByLabelText("Choose files", { selector: "input" }), files);
      await waitFor(() => expect(sent.length).toBeGreaterThan(before));
    },
    row: (name: string) => within(screen.getByText(name).closest("[role=listitem]") as HTMLElement),
  };
}

test("an empty page says what to do", async () => {
  await open();
  expect(screen.getByRole("heading", { level: 1, name: "Nothing on its way." })).toBeVisible();
  expect(screen.getByRole("button", { name: "Choose files" })).toBeVisible();
  expect(screen.getByRole("button", { name: "Choose a folder" })).toBeVisible();
});

test("a file is followed from the first byte to its song", async () => {
  const { sent, choose, row } = await open();
  await choose(file("1.mp3"));
  expect(sent[0]?.metadata()).toEqual({
    filename: "1.mp3",
    fingerprint: expect.stringMatching(/^1000-7-\w+$/) as string,
  });
  act(() => sent[0]?.progress(0.42));
  expect(await row("1.mp3").findByText("42 %")).toBeVisible();
  expect(screen.getByRole("progressbar", { name: "All files" })).toHaveAttribute("aria-valuenow", "42");
  act(() => sent[0]?.progress(1));
  expect(await row("1.mp3").findByText("Reading")).toBeVisible();
  act(() => sent[0]?.arrive(done(7)));
  expect(await screen.findByRole("link", { name: /Song 7/ })).toHaveAttribute("href", "/albums/1");
  expect(screen.getByText("1 of 1 here")).toBeVisible();
});

test("a song that is here already is said to be", async () => {
  const { sent, choose, row } = await open();
  await choose(file("1.mp3"));
  act(() => sent[0]?.arrive(done(7, "duplicate")));
  await screen.findByText("Song 7");
  expect(row("Song 7").getByText("Already here")).toBeVisible();
  expect(screen.getByText("1 was here already")).toBeVisible();
});

test("a refused file gives the server's reason and can be sent again", async () => {
  const { sent, choose } = await open();
  await choose(file("1.mp3"));
  act(() =>
    sent[0]?.arrive(kept(5, { state: "refused", code: "no_audio", reason: "This file holds no audio" })),
  );
  expect(await screen.findByText("This file holds no audio")).toBeVisible();
  await userEvent.click(screen.getByRole("button", { name: "Try 1.mp3 again" }));
  await waitFor(() => expect(sent).toHaveLength(2));
  act(() => sent[1]?.answer(413, { error: "The file is too large", code: "file_too_large" }));
  expect(await screen.findByText("The file is too large")).toBeVisible();
});

test("without a server it says so and goes on when the listener asks", async () => {
  const { sent, choose } = await open();
  await choose(file("1.mp3"));
  act(() => sent[0]?.break());
  expect(await screen.findByText("The server does not answer.")).toBeVisible();
  await userEvent.click(screen.getByRole("button", { name: "Try now" }));
  await waitFor(() => expect(sent).toHaveLength(2));
  act(() => sent[1]?.arrive(done(7)));
  expect(await screen.findByText("Song 7")).toBeVisible();
  expect(screen.queryByText("The server does not answer.")).toBeNull();
});

test("a file is held, and goes on where it was", async () => {
  const { sent, choose } = await open();
  await choose(file("1.mp3", 5 << 20));
  expect(sent[0]?.method).toBe("POST");
  act(() => sent[0]?.answer(201, {}, { Location: "/api/uploads/5" }));
  await waitFor(() => expect(sent[1]?.method).toBe("PATCH"));
  await userEvent.click(screen.getByRole("button", { name: "Pause 1.mp3" }));
  expect(sent[1]?.aborted).toBe(true);
  await userEvent.click(screen.getByRole("button", { name: "Go on with 1.mp3" }));
  await waitFor(() => expect(sent[2]?.method).toBe("HEAD"));
  act(() => sent[2]?.answer(200, {}, { "Upload-Offset": "1000", "Upload-Length": String(5 << 20) }));
  await waitFor(() => expect(sent[3]?.headers["Upload-Offset"]).toBe("1000"));
});

test("what was not finished before a reload goes on with the same file", async () => {
  const chosen = file("1.mp3");
  const first = await open();
  await first.choose(chosen);
  const { fingerprint } = first.sent[0]?.metadata() ?? {};
  act(() => uploads.reset());
  document.body.innerHTML = "";
  const { sent, choose } = await open([kept(9, { fingerprint, offset: 400 })]);
  expect(await screen.findByText("1 file was not finished.")).toBeVisible();
  await choose(file("1.mp3"));
  await waitFor(() => expect(sent[0]?.url).toMatch(/\/api\/uploads\/9$/));
  expect(sent[0]?.method).toBe("HEAD");
  act(() => sent[0]?.answer(200, {}, { "Upload-Offset": "400", "Upload-Length": "1000" }));
  await waitFor(() => expect(sent[1]?.headers["Upload-Offset"]).toBe("400"));
  act(() => sent[1]?.answer(204, {}, { "Upload-Offset": "1000" }));
  expect(await screen.findByText("Song 7")).toBeVisible();
  expect(screen.queryByText("1 file was not finished.")).toBeNull();
});

test("a file is cancelled on its way, and the server forgets it", async () => {
  const { sent, seen, choose, row } = await open();
  await choose(file("1.mp3", 5 << 20));
  act(() => sent[0]?.answer(201, {}, { Location: "/api/uploads/5" }));
  await waitFor(() => expect(sent).toHaveLength(2));
  await userEvent.click(screen.getByRole("button", { name: "Cancel 1.mp3" }));
  expect(sent[1]?.aborted).toBe(true);
  expect(row("1.mp3").getByText("Cancelled")).toBeVisible();
  await waitFor(() => expect(seen).toContain("DELETE /uploads/5"));
});

test("all of them are cancelled, then taken off the list", async () => {
  const { choose } = await open();
  await choose(file("1.mp3"), file("2.mp3"), file("3.mp3"), file("4.mp3"));
  await userEvent.click(screen.getByRole("button", { name: "Cancel all" }));
  await userEvent.click(await screen.findByRole("button", { name: "Clear finished" }));
  expect(screen.getByText("Nothing on its way.")).toBeVisible();
});

test("what is only for oneself is sent so", async () => {
  const { sent, choose } = await open();
  expect(screen.getByText(/Everybody with an account here/)).toBeVisible();
  await userEvent.click(screen.getByRole("switch", { name: "Only for me" }));
  expect(screen.getByText(/Nobody else sees or hears it/)).toBeVisible();
  await choose(file("1.mp3"));
  expect(sent[0]?.metadata()["private"]).toBe("true");
});

test("where there are several libraries one of them is chosen, and what is left of the quota is said", async () => {
  const { sent, choose } = await open([], undefined, {
    "GET /libraries": () => [
      200,
      { libraries: [library(9, "Demos", { isOpen: false }), library(1, "Uploads")] },
    ],
    "GET /auth/storage": () => [200, { used: 5e9, quota: 20e9 }],
  });
  const target = await screen.findByRole("combobox", { name: "Goes to" });
  expect(target).toHaveDisplayValue("Uploads");
  expect(screen.getByText("5 GB of 20 GB used")).toBeVisible();
  await userEvent.selectOptions(target, "Demos");
  await choose(file("1.mp3"));
  expect(sent[0]?.metadata()["libraryId"]).toBe("9");
  await userEvent.selectOptions(screen.getByRole("combobox", { name: "Goes to" }), "Only for me");
  await choose(file("2.mp3"));
  expect(sent[1]?.metadata()).toMatchObject({ private: "true" });
  expect(sent[1]?.metadata()["libraryId"]).toBeUndefined();
});

test("a filter shows some of the files", async () => {
  const { sent } = await open();
  const input = screen.getByLabelText("Choose a folder", { selector: "input" });
  await userEvent.upload(input, [file("cover.jpg"), file("1.mp3")], { applyAccept: false });
  await waitFor(() => expect(sent).toHaveLength(1));
  expect(await screen.findByText("cover.jpg")).toBeVisible();
  await userEvent.click(screen.getByRole("radio", { name: "On the way 1" }));
  expect(screen.queryByText("cover.jpg")).toBeNull();
  await userEvent.click(screen.getByRole("radio", { name: "Not added 1" }));
  expect(screen.getByText("cover.jpg")).toBeVisible();
  await userEvent.click(screen.getByRole("radio", { name: "Already here 0" }));
  expect(screen.getByText("None of the files.")).toBeVisible();
});
