/** A drawing on the 20 px grid: strokes of 1.5, or a solid for transport and "liked". */
export interface Glyph {
  readonly line?: string;
  readonly solid?: string;
}

/** A circle as a path, so that a glyph is one string. */
function ring(x: number, y: number, radius: number): string {
  return `M${x - radius} ${y}a${radius} ${radius} 0 1 0 ${2 * radius} 0a${radius} ${radius} 0 1 0 ${-2 * radius} 0`;
}

const HEART = "M10 16.5 4.2 10.8a3.7 3.7 0 0 1 5.2-5.3l.6.6.6-.6a3.7 3.7 0 0 1 5.2 5.3z";
const REPEAT =
  "M4 10V8.5A2.5 2.5 0 0 1 6.5 6H16M14 4l2 2-2 2M16 10v1.5a2.5 2.5 0 0 1-2.5 2.5H4M6 12l-2 2 2 2";

export const glyphs = {
  add: { line: "M10 4v12M4 10h12" },
  albums: { line: `M3 3h14v14H3z${ring(10, 10, 3.5)}` },
  artists: { line: `${ring(10, 7, 3.5)}M3.5 17a6.5 6.5 0 0 1 13 0` },
  back: { line: "M16.5 10H4M9 5l-5 5 5 5" },
  check: { line: "m4 10.5 4 4 8-9" },
  chevronDown: { line: "m5 8 5 5 5-5" },
  chevronRight: { line: "m8 5 5 5-5 5" },
  clock: { line: `${ring(10, 10, 7)}M10 6v4l3 2` },
  close: { line: "m5 5 10 10M15 5 5 15" },
  columns: { line: "M3 4h14v12H3zM8 4v12M13 4v12" },
  devices: { line: `M5.5 2.5h9v15h-9z${ring(10, 12, 2.5)}M10 6h.01` },
  edit: { line: "M4 16v-3l8.5-8.5 3 3L7 16zM11 6l3 3" },
  expand: { line: "M11.5 3.5h5v5M16.500 3.500 11 9M8.500 16.500h-5v-5M3.500 16.500 9 11" },
  eye: { line: `M2 10s3-5.5 8-5.5S18 10 18 10s-3 5.5-8 5.5S2 10 2 10z${ring(10, 10, 2.25)}` },
  eyeOff: {
    line: "M3 3l14 14M5.5 5.8C3.2 7.4 2 10 2 10s3 5.5 8 5.5c1.4 0 2.7-.4 3.8-1M8.3 4.7A8 8 0 0 1 10 4.5c5 0 8 5.5 8 5.5s-.7 1.3-2 2.6",
  },
  filter: { line: "M3 5h14M6 10h8M8.5 15h3" },
  folder: { line: "M2.5 16V4.5H8l2 2h7.5V16z" },
  grip: {
    solid: `${ring(7.5, 5, 1.2)}${ring(12.5, 5, 1.2)}${ring(7.5, 10, 1.2)}${ring(12.5, 10, 1.2)}${ring(7.5, 15, 1.2)}${ring(12.5, 15, 1.2)}`,
  },
  heart: { line: HEART },
  heartFilled: { line: HEART, solid: HEART },
  home: { line: "M3 9.5 10 3.5l7 6V17H3z" },
  info: { line: `${ring(10, 10, 7)}M10 9v5M10 6v.5` },
  library: { line: "M4 3.5v13M8 3.5v13M11.5 4l4 12.5" },
  lock: { line: "M4.5 9h11v8h-11zM7 9V6.5a3 3 0 0 1 6 0V9" },
  minus: { line: "M4 10h12" },
  lyrics: { line: "M3 5h14M3 9h9M3 13h11M3 17h6" },
  moon: { line: "M16 11.8A6.8 6.8 0 1 1 8.2 4a5.4 5.4 0 0 0 7.8 7.8z" },
  more: { solid: `${ring(4.5, 10, 1.3)}${ring(10, 10, 1.3)}${ring(15.5, 10, 1.3)}` },
  moveDown: { line: "M10 4v12M5 11l5 5 5-5" },
  moveUp: { line: "M10 16V4M5 9l5-5 5 5" },
  next: { solid: "M13.5 4h2v12h-2zM4 4v12l9-6z" },
  pause: { solid: "M5.5 4h3v12h-3zM11.5 4h3v12h-3z" },
  people: {
    line: `${ring(7.5, 7, 3)}M2 16.5a5.5 5.5 0 0 1 11 0M13 4.3a3 3 0 0 1 0 5.4M15 12a5.5 5.5 0 0 1 3 4.5`,
  },
  play: { solid: "M6 3.6v12.8L16.4 10z" },
  playNext: { line: "M3 5h14M3 10h8M3 15h6m4-3.5 4 2.5-4 2.5z" },
  previous: { solid: "M4.5 4h2v12h-2zM16 4v12L7 10z" },
  queue: { line: "M3 5h14M3 9h14M3 13h6M3 17h6m5.5-5v5M12 14.5h5" },
  repeat: { line: REPEAT },
  repeatOne: { line: `${REPEAT}M9 9.2l1.3-.9v3.7` },
  search: { line: `${ring(9, 9, 5.5)}M13.2 13.2l4 4` },
  server: { line: "M3.5 4h13v5h-13zM3.5 11h13v5h-13zM6.5 6.5h1M6.5 13.5h1" },
  settings: { line: `M3 6h8M15 6h2M3 14h2M9 14h8${ring(13, 6, 2)}${ring(7, 14, 2)}` },
  shuffle: {
    line: "M3 6h2.5c4 0 5 8 9 8H17M3 14h2.5c1.6 0 2.7-1.3 3.6-2.9M11 8.6C11.9 7.1 13 6 14.5 6H17M15 4l2 2-2 2M15 12l2 2-2 2",
  },
  songs: { line: "M3 5h14M3 10h14M3 15h9" },
  star: { line: "m10 3 2.1 4.6 5 .6-3.7 3.4 1 4.9L10 14l-4.4 2.5 1-4.9L2.9 8.2l5-.6z" },
  trash: { line: "M3.5 5.5h13M8 5.5v-2h4v2M5.5 5.5l.7 11h7.6l.7-11M8.5 8.5v5M11.5 8.5v5" },
  upload: { line: "M10 14V4M6 8l4-4 4 4M3 17h14" },
  volume: { line: "M3 8v4h3l4 3.5v-11L6 8zM13 7.5a3.5 3.5 0 0 1 0 5M15 5.2a7 7 0 0 1 0 9.6" },
  volumeOff: { line: "M3 8v4h3l4 3.5v-11L6 8zM13 8l4 4M17 8l-4 4" },
  warning: { line: "M10 3 2.5 16.5h15zM10 8.5v4M10 14.3v.4" },
} satisfies Record<string, Glyph>;

export type GlyphName = keyof typeof glyphs;
