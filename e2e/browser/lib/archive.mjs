// Reads a ZIP archive of moderate size, without a program that may not be there.
import { inflateRawSync } from "node:zlib";

const END = 0x06054b50;
const STORED = 0;

/** The files of an archive by their names. */
export function readArchive(bytes) {
  let end = bytes.length - 22;
  while (bytes.readUInt32LE(end) !== END) end -= 1;
  const files = new Map();
  let at = bytes.readUInt32LE(end + 16);
  for (let left = bytes.readUInt16LE(end + 10); left > 0; left -= 1) {
    const [method, size] = [bytes.readUInt16LE(at + 10), bytes.readUInt32LE(at + 20)];
    const [name, extra, comment] = [28, 30, 32].map((offset) => bytes.readUInt16LE(at + offset));
    const local = bytes.readUInt32LE(at + 42);
    const start = local + 30 + bytes.readUInt16LE(local + 26) + bytes.readUInt16LE(local + 28);
    const packed = bytes.subarray(start, start + size);
    files.set(bytes.toString("utf8", at + 46, at + 46 + name), method === STORED ? Buffer.from(packed) : inflateRawSync(packed));
    at += 46 + name + extra + comment;
  }
  return files;
}
