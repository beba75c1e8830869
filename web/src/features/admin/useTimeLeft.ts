import { useTranslation } from "react-i18next";

import { formatUptime } from "@/lib/since";

const MINUTE = 60;

/** How long a work will go on, in words; nothing where that cannot be told. */
export function useTimeLeft(seconds: number | null): string {
  const { t, i18n } = useTranslation("admin");
  if (seconds === null) return "";
  return seconds < MINUTE ? t("scan.almost") : t("scan.left", { time: formatUptime(seconds, i18n.language) });
}
