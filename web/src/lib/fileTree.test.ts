import { expect, test } from "vitest";

import { carriesFiles, filesOfDrop, filesOfInput, takeDrop } from "./fileTree";

const fileEntry = (path: string, readable = true) => ({
  isFile: true,
  isDirectory: false,
  name: path.split("/").at(-1),
  fullPath: path,
  file: (done: (file: File) => void, failed: () => void) =>
    readable ? done(new File(["x"], path.split("/").at(-1) ?? "")) : failed(),
});

/** A folder whose reader hands over its entries in batches, as browsers do. */
const folderEntry = (path: string, batches: object[][]) => ({
  isFile: false,
  isDirectory: true,
  name: path.split("/").at(-1),
  fullPath: path,
  createReader: () => {
    const left = [...batches];
    return { readEntries: (done: (batch: object[]) => void) => done(left.shift() ?? []) };
  },
});

function drop(entries: object[], files: File[] = []) {
  const items = entries.map((entry) => ({ kind: "file", webkitGetAsEntry: () => entry }));
  return takeDrop({ items: [...items, { kind: "string" }], files } as unknown as DataTransfer);
}

test("a folder is walked to its end, in the order of its names", async () => {
  const disc = folderEntry("/Low Water/CD 2", [[fileEntry("/Low Water/CD 2/1.flac")]]);
  const album = folderEntry("/Low Water", [
    [fileEntry("/Low Water/10.flac"), fileEntry("/Low Water/2.flac")],
    [fileEntry("/Low Water/1.flac"), disc],
  ]);
  const found = await filesOfDrop(drop([album, fileEntry("/alone.mp3")]));
  expect(found.map(({ path }) => path)).toEqual([
    "Low Water/1.flac",
    "Low Water/2.flac",
    "Low Water/10.flac",
    "Low Water/CD 2/1.flac",
    "alone.mp3",
  ]);
});

test("a file that cannot be read does not keep the others back", async () => {
  const found = await filesOfDrop(drop([fileEntry("/gone.mp3", false), fileEntry("/here.mp3")]));
  expect(found.map(({ path }) => path)).toEqual(["here.mp3"]);
});

test("a browser that knows no entries gives its files", async () => {
  const found = await filesOfDrop(drop([], [new File(["x"], "a.mp3")]));
  expect(found.map(({ path }) => path)).toEqual(["a.mp3"]);
});

test("files of a folder input keep their path", () => {
  const file = new File(["x"], "1.mp3");
  Object.defineProperty(file, "webkitRelativePath", { value: "Low Water/1.mp3" });
  expect(filesOfInput([file])[0]?.path).toBe("Low Water/1.mp3");
});

test("files of an input stand in the order of their names", () => {
  const files = ["10.mp3", "9.mp3", "1.mp3"].map((name) => new File(["x"], name));
  expect(filesOfInput(files).map(({ path }) => path)).toEqual(["1.mp3", "9.mp3", "10.mp3"]);
});

test.each([
  [["Files"], true],
  [["text/uri-list", "text/plain"], false],
])("dragging %j carries files: %s", (types, carries) => {
  expect(carriesFiles({ types } as unknown as DataTransfer)).toBe(carries);
  expect(carriesFiles(null)).toBe(false);
});
