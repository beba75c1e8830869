import { useTranslation } from "react-i18next";

import { formatBytes, formatNumber } from "@/lib/format";

/** Numbers and bytes in the reader's language. */
export function useAmounts() {
  const { t, i18n } = useTranslation("admin");
  return {
    bytes: (value: number) => formatBytes(value, i18n.language),
    number: (value: number) => formatNumber(value, i18n.language),
    songs: (count: number) => t("songs", { count, number: formatNumber(count, i18n.language) }),
  };
}
