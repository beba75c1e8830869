import { useTranslation } from "react-i18next";

import { EmptyList } from "@/ui/EmptyList";

/** What stands in the list's place: nobody fits the filter, or there is no music at all. */
export function NoArtists({ filtered }: { filtered: boolean }) {
  const { t } = useTranslation("artists");
  const narrowed = { title: t("noneFit"), hint: t("noneFitHint"), all: "/artists", showAll: t("showAll") };
  return (
    <EmptyList filtered={filtered ? narrowed : undefined} none={{ title: t("none"), hint: t("noneHint") }} />
  );
}
