import { useTranslation } from "react-i18next";

import type { Reason } from "@/lib/uploadQueue";

/** The codes that are said in the listener's language. */
const KNOWN = [
  "not_audio",
  "broken_audio",
  "bad_picture",
  "file_too_large",
  "quota_exceeded",
  "too_many_uploads",
  "library_read_only",
  "too_slow",
  "shutting_down",
  "disk_full",
  "unreachable",
] as const;

/**
 * A reason in the listener's language where its code is known, and else in the server's words. Those are English, and
 * say more: who reads English gets them.
 */
export function useReason(): (given: Reason) => { text: string; lang: string | undefined } {
  const { t, i18n } = useTranslation("upload");
  return ({ reason, code }) => {
    const known = KNOWN.find((one) => one === code);
    if (known === undefined || (i18n.language === "en" && reason !== "")) return { text: reason, lang: "en" };
    return { text: t(`why.${known}`), lang: undefined };
  };
}
