import type { QrCode } from "@/api/types";

import styles from "./SecurityPage.module.css";

const MARGIN = 4;

/** A QR code, dark on light in either theme, because that is what cameras read. */
export function QrImage({ code, label }: { code: QrCode; label: string }) {
  const side = code.size + 2 * MARGIN;
  return (
    <svg
      className={styles["qr"]}
      viewBox={`${-MARGIN} ${-MARGIN} ${side} ${side}`}
      shapeRendering="crispEdges"
      role="img"
      aria-label={label}
    >
      <path d={code.path} />
    </svg>
  );
}
