/** A file that somebody chose or dropped, with its place in the folder it came from. */
export interface PickedFile {
  readonly file: File;
  /** "Album/01.flac"; the bare name if the file came alone. */
  readonly path: string;
}

/** What was dropped, taken out of the event while it still may be read. */
export interface Drop {
  readonly entries: readonly FileSystemEntry[];
  readonly files: readonly File[];
}

/** Call it inside the drop event: afterwards the browser forgets what was dropped. */
export function takeDrop(transfer: DataTransfer): Drop {
  const entries = [...transfer.items]
    .filter((item) => item.kind === "file")
    .map((item) => item.webkitGetAsEntry())
    .filter((entry) => entry !== null);
  return { entries, files: [...transfer.files] };
}

/** Whether files are being dragged, and not a link or a text of the page itself. */
export function carriesFiles(transfer: DataTransfer | null): boolean {
  return transfer?.types.includes("Files") ?? false;
}

/** Every file of a drop, folders walked in the order of their names. What cannot be read is left out. */
export async function filesOfDrop({ entries, files }: Drop): Promise<PickedFile[]> {
  if (entries.length === 0) return filesOfInput(files);
  const found: PickedFile[] = [];
  for (const entry of entries) await walk(entry, found);
  return found;
}

/** The files of an input in the order of their names; a folder's files carry their path. */
export function filesOfInput(files: Iterable<File>): PickedFile[] {
  return [...files]
    .map((file) => ({ file, path: file.webkitRelativePath || file.name }))
    .sort((a, b) => byName(a.path, b.path));
}

async function walk(entry: FileSystemEntry, found: PickedFile[]): Promise<void> {
  if (isFile(entry)) {
    const file = await new Promise<File | null>((done) => entry.file(done, () => done(null)));
    if (file !== null) found.push({ file, path: entry.fullPath.replace(/^\//, "") });
    return;
  }
  if (!isDirectory(entry)) return;
  for (const child of await children(entry)) await walk(child, found);
}

/** A reader hands over about a hundred entries at a time, and an empty list at the end. */
async function children(directory: FileSystemDirectoryEntry): Promise<FileSystemEntry[]> {
  const reader = directory.createReader();
  const next = () =>
    new Promise<FileSystemEntry[]>((done) =>
      reader.readEntries(
        (batch) => done(batch),
        () => done([]),
      ),
    );
  const all: FileSystemEntry[] = [];
  for (let batch = await next(); batch.length > 0; batch = await next()) all.push(...batch);
  return all.sort((a, b) => byName(a.name, b.name));
}

/** As people count: 2 before 10. */
function byName(a: string, b: string): number {
  return a.localeCompare(b, undefined, { numeric: true });
}

function isFile(entry: FileSystemEntry): entry is FileSystemFileEntry {
  return entry.isFile;
}

function isDirectory(entry: FileSystemEntry): entry is FileSystemDirectoryEntry {
  return entry.isDirectory;
}
