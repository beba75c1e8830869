/** Hathor's mark: a disc held in horns. */
export function Mark({ size = 24 }: { size?: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 24 24" aria-hidden="true" focusable="false">
      <path
        d="M3.5 3.5c-.6 9.3 2.5 15.3 8.5 15.3s9.1-6 8.5-15.3"
        fill="none"
        stroke="currentColor"
        strokeWidth={2}
      />
      <circle cx={12} cy={9.4} r={4.9} fill="var(--accent)" />
    </svg>
  );
}
