import styles from "./CertificatePage.module.css";

const GROUP = 8;

/** A fingerprint in groups of eight, which the eye can compare. */
export function Fingerprint({ text }: { text: string }) {
  const parts = text.split(":");
  const groups = Array.from({ length: Math.ceil(parts.length / GROUP) }, (_, at) =>
    parts.slice(at * GROUP, (at + 1) * GROUP).join(":"),
  );
  return (
    <span className={styles["groups"]}>
      {groups.map((group, at) => (
        <span key={at}>{group}</span>
      ))}
    </span>
  );
}
