/** Reads one sample at a byte, full scale at 1. */
type Read = (view: DataView, at: number, little: boolean) => number;

const READERS: Readonly<Record<string, { readonly bytes: number; readonly read: Read }>> = {
  u8: { bytes: 1, read: (view, at) => (view.getUint8(at) - 128) / 128 },
  s8: { bytes: 1, read: (view, at) => view.getInt8(at) / 128 },
  s16: { bytes: 2, read: (view, at, little) => view.getInt16(at, little) / 2 ** 15 },
  s24: {
    bytes: 3,
    read: (view, at, little) =>
      ((view.getInt8(little ? at + 2 : at) << 16) |
        (view.getUint8(at + 1) << 8) |
        view.getUint8(little ? at : at + 2)) /
      2 ** 23,
  },
  s32: { bytes: 4, read: (view, at, little) => view.getInt32(at, little) / 2 ** 31 },
  f32: { bytes: 4, read: (view, at, little) => view.getFloat32(at, little) },
  f64: { bytes: 8, read: (view, at, little) => view.getFloat64(at, little) },
};

/** Whether plain samples of the codec, as mediabunny names it ("pcm-s16", "pcm-s24be"), are read here. */
export function readsPcm(codec: string): boolean {
  return reader(codec) !== undefined;
}

/** Interleaved samples as one array for each channel. */
export function readPcm(codec: string, data: Uint8Array, channels: number): Float32Array[] {
  const format = reader(codec);
  if (format === undefined) return [];
  const view = new DataView(data.buffer, data.byteOffset, data.byteLength);
  const little = !codec.endsWith("be");
  const frames = Math.floor(data.length / (format.bytes * channels));
  return Array.from({ length: channels }, (_, channel) =>
    Float32Array.from({ length: frames }, (_, frame) =>
      format.read(view, (frame * channels + channel) * format.bytes, little),
    ),
  );
}

function reader(codec: string) {
  const name = /^pcm-([a-z]\d+)(be)?$/.exec(codec)?.[1];
  return name === undefined ? undefined : READERS[name];
}

/** How much of each channel goes left and right, in the order of WAV: L R C LFE, then those behind and beside. */
const HALF = Math.SQRT1_2;
const SHARES: readonly (readonly [number, number])[] = [
  [1, 0],
  [0, 1],
  [HALF, HALF],
  [0, 0],
  [HALF, 0],
  [0, HALF],
  [HALF, 0],
  [0, HALF],
];

/** Any number of channels as two. One is the same on both sides; two stay as they are. */
export function toStereo(planes: readonly Float32Array[]): [Float32Array, Float32Array] {
  const [first, second] = planes;
  if (first === undefined) return [new Float32Array(0), new Float32Array(0)];
  if (second === undefined) return [first, first.slice()];
  if (planes.length === 2) return [first, second];
  const [left, right] = [new Float32Array(first.length), new Float32Array(first.length)];
  planes.forEach((plane, channel) => {
    // Three are left, right, middle; four have no middle but two behind.
    const [toLeft, toRight] = SHARES[planes.length === 4 && channel >= 2 ? channel + 2 : channel] ?? [0, 0];
    for (let at = 0; at < plane.length; at += 1) {
      left[at] = (left[at] ?? 0) + (plane[at] ?? 0) * toLeft;
      right[at] = (right[at] ?? 0) + (plane[at] ?? 0) * toRight;
    }
  });
  return [left, right];
}
