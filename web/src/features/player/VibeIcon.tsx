/** Three faders: its drawing comes with the page, not with the first load. */
export function VibeIcon() {
  return (
    <svg
      width={20}
      height={20}
      viewBox="0 0 20 20"
      fill="none"
      stroke="currentColor"
      strokeWidth={1.5}
      aria-hidden
    >
      <path d="M5 3v3m0 4v7M10 3v8m0 4v2M15 3v2m0 4v8" />
      <path d="M3 8a2 2 0 1 0 4 0 2 2 0 1 0-4 0M8 13a2 2 0 1 0 4 0 2 2 0 1 0-4 0M13 7a2 2 0 1 0 4 0 2 2 0 1 0-4 0" />
    </svg>
  );
}
