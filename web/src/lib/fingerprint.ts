const SAMPLE = 16 << 10;

/**
 * What a file is known by on the server, so that it can go on after a reload: name, size, time, and its first and
 * last bytes. It is no hash that would stand an attack, and need not: it only ever finds one's own files.
 */
export async function fingerprint(file: File): Promise<string> {
  const [head, tail] = await Promise.all([
    file.slice(0, SAMPLE).arrayBuffer(),
    file.slice(Math.max(file.size - SAMPLE, 0)).arrayBuffer(),
  ]);
  let [a, b] = [0x811c9dc5, 0x9e3779b9];
  for (const bytes of [new TextEncoder().encode(file.name), new Uint8Array(head), new Uint8Array(tail)]) {
    for (const byte of bytes) {
      a = Math.imul(a ^ byte, 0x01000193);
      b = Math.imul(b ^ byte, 0x85ebca6b) ^ (b >>> 13);
    }
  }
  const hex = (n: number) => (n >>> 0).toString(16).padStart(8, "0");
  return `${file.size}-${file.lastModified}-${hex(a)}${hex(b)}`;
}
