import { useTranslation } from "react-i18next";

import { NoneHere } from "@/ui/NoneHere";

/** Nothing fits the words, and what may help. */
export function NothingFound({ words }: { words: string }) {
  const { t } = useTranslation("search");
  const tip = /\s/.test(words) ? t("tipFewer") : t("tipSpelling");
  return <NoneHere title={t("nothing", { words })} hint={tip} />;
}
