import { act, screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, expect, test } from "vitest";

import { uploads } from "@/hooks/uploads";
import { fakeApi } from "@/test/fakeApi";
import { fakeUploads } from "@/test/fakeUploads";
import { renderPage } from "@/test/render";
import { library, song } from "@/test/samples";

import { UploadPage } from "./UploadPage";

afterEach(() => act(() => uploads.reset()));

const file = (name: string, size = 1000) => new File(["x".repeat(size)], name, { type: "audio/mpeg" });

async function open() {
  const sent = fakeUploads();
  await renderPage(UploadPage);
  return {
    sent,
    choose: (...files: File[]) =>
      userEvent.upload(screen.getByLabelText("Choose files", { selector: "input" }), files),
    row: (name: string) => within(screen.getByText(name).closest("li") as HTMLElement),
  };
}

const answer = (id: number, duplicate = false) => ({ message: "", song: song(id), duplicate, notes: [] });

test("an empty page says what to do", async () => {
  await open();
  expect(screen.getByRole("heading", { level: 1, name: "Nothing on its way." })).toBeVisible();
  expect(screen.getByRole("button", { name: "Choose files" })).toBeVisible();
  expect(screen.getByRole("button", { name: "Choose a folder" })).toBeVisible();
});

test("a file is followed from the first byte to its song", async () => {
  const { sent, choose, row } = await open();
  await choose(file("1.mp3"));
  expect(sent[0]?.form.get("audio")).toHaveProperty("name", "1.mp3");
  expect(sent[0]?.form.has("private")).toBe(false);
  act(() => sent[0]?.progress(0.42));
  expect(row("1.mp3").getByText("42 %")).toBeVisible();
  expect(screen.getByRole("progressbar", { name: "All files" })).toHaveAttribute("aria-valuenow", "42");
  act(() => sent[0]?.arrive());
  expect(row("1.mp3").getByText("Reading")).toBeVisible();
  act(() => sent[0]?.answer(201, answer(7)));
  expect(await screen.findByRole("link", { name: /Song 7/ })).toHaveAttribute("href", "/albums/1");
  expect(screen.getByText("1 of 1 here")).toBeVisible();
});

test("a song that is here already is said to be", async () => {
  const { sent, choose, row } = await open();
  await choose(file("1.mp3"));
  act(() => sent[0]?.answer(200, answer(7, true)));
  await screen.findByText("Song 7");
  expect(row("Song 7").getByText("Already here")).toBeVisible();
});

test("a refused file gives the server's reason and can be sent again", async () => {
  const { sent, choose } = await open();
  await choose(file("1.mp3"));
  act(() => sent[0]?.answer(415, { error: "This file holds no audio", code: "no_audio" }));
  expect(await screen.findByText("This file holds no audio")).toBeVisible();
  await userEvent.click(screen.getByRole("button", { name: "Try 1.mp3 again" }));
  expect(sent).toHaveLength(2);
  act(() => sent[1]?.break());
  expect(await screen.findByText("The server does not answer.")).toBeVisible();
});

test("a file is cancelled on its way", async () => {
  const { sent, choose, row } = await open();
  await choose(file("1.mp3"));
  await userEvent.click(screen.getByRole("button", { name: "Cancel 1.mp3" }));
  expect(sent[0]?.aborted).toBe(true);
  expect(row("1.mp3").getByText("Cancelled")).toBeVisible();
});

test("all of them are cancelled, then taken off the list", async () => {
  const { choose } = await open();
  await choose(file("1.mp3"), file("2.mp3"), file("3.mp3"), file("4.mp3"));
  await userEvent.click(screen.getByRole("button", { name: "Cancel all" }));
  await userEvent.click(await screen.findByRole("button", { name: "Clear the list" }));
  expect(screen.getByText("Nothing on its way.")).toBeVisible();
});

test("what is only for oneself is sent so", async () => {
  const { sent, choose } = await open();
  expect(screen.getByText(/Everybody with an account here/)).toBeVisible();
  await userEvent.click(screen.getByRole("switch", { name: "Only for me" }));
  expect(screen.getByText(/Nobody else sees or hears it/)).toBeVisible();
  await choose(file("1.mp3"));
  expect(sent[0]?.form.get("private")).toBe("true");
});

test("where there are several libraries one of them is chosen, and what is left of the quota is said", async () => {
  fakeApi({
    "GET /libraries": () => [
      200,
      { libraries: [library(9, "Demos", { isOpen: false }), library(1, "Uploads")] },
    ],
    "GET /auth/storage": () => [200, { used: 5e9, quota: 20e9 }],
  });
  const { sent, choose } = await open();
  const target = await screen.findByRole("combobox", { name: "Goes to" });
  expect(target).toHaveDisplayValue("Uploads");
  expect(screen.getByText("5 GB of 20 GB used")).toBeVisible();
  await userEvent.selectOptions(target, "Demos");
  await choose(file("1.mp3"));
  expect(sent[0]?.form.get("libraryId")).toBe("9");
  await userEvent.selectOptions(screen.getByRole("combobox", { name: "Goes to" }), "Only for me");
  await choose(file("2.mp3"));
  expect(sent[1]?.form.get("private")).toBe("true");
  expect(sent[1]?.form.has("libraryId")).toBe(false);
});

test("a folder's other files are listed as skipped", async () => {
  await open();
  const input = screen.getByLabelText("Choose a folder", { selector: "input" });
  await userEvent.upload(input, [file("cover.jpg"), file("1.mp3")], { applyAccept: false });
  expect(await screen.findByText(/^Skipped: not audio/)).toBeVisible();
  await waitFor(() => expect(screen.getByText("cover.jpg")).toBeVisible());
});
