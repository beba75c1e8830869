import { useTranslation } from "react-i18next";

import type { ScanState } from "@/api/types";
import { formatSince } from "@/lib/since";

/** What is to be said of a scan in one line: that it runs, or when it last did. */
export function useScanText(scan: ScanState | undefined): string {
  const { t, i18n } = useTranslation("admin");
  if (scan === undefined) return "";
  if (scan.running) return t("scan.running");
  if (scan.finishedAt === null) return t("scan.never");
  return t("scan.last", { when: formatSince(scan.finishedAt, i18n.language) });
}
