import type { CSSProperties } from "react";

import { hueOf, initials } from "@/lib/hue";

import styles from "./Avatar.module.css";

/** A person as a picture or as initials. The name stands beside it or on the control around it. */
export function Avatar({ name, url }: { name: string; url: string | null }) {
  return (
    <span
      className={styles["avatar"]}
      style={{ "--hue": hueOf(name) } as CSSProperties}
      // Drawn by the style sheet: as a text they would be a second name beside the control's own.
      data-initials={url === null ? initials(name) : undefined}
      aria-hidden="true"
    >
      {url !== null && <img src={url} alt="" />}
    </span>
  );
}
