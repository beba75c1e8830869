import { useTranslation } from "react-i18next";

import { EmptyList } from "@/ui/EmptyList";

/** What stands in the list's place: nothing fits the filters, or there is no music at all. */
export function NoSongs({ filtered }: { filtered: boolean }) {
  const { t } = useTranslation("songs");
  const narrowed = { title: t("noneFit"), hint: t("noneFitHint"), all: "/songs", showAll: t("showAll") };
  return (
    <EmptyList filtered={filtered ? narrowed : undefined} none={{ title: t("none"), hint: t("noneHint") }} />
  );
}
