import { type Glyph, type GlyphName, glyphs } from "./glyphs";

interface IconProps {
  name: GlyphName;
  /** Pixels; drawings are made for 20. */
  size?: number;
}

/** A drawing without a meaning of its own: the control around it carries the name. */
export function Icon({ name, size = 20 }: IconProps) {
  const glyph: Glyph = glyphs[name];
  return (
    <svg
      width={size}
      height={size}
      viewBox="0 0 20 20"
      fill="none"
      stroke="currentColor"
      strokeWidth={1.5}
      aria-hidden="true"
      focusable="false"
    >
      {glyph.solid !== undefined && <path d={glyph.solid} fill="currentColor" stroke="none" />}
      {glyph.line !== undefined && <path d={glyph.line} />}
    </svg>
  );
}
