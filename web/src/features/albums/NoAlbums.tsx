import { useTranslation } from "react-i18next";

import { EmptyList } from "@/ui/EmptyList";

/** What stands in the list's place: no album fits the filters, or there is no music at all. */
export function NoAlbums({ filtered }: { filtered: boolean }) {
  const { t } = useTranslation("albums");
  const narrowed = { title: t("noneFit"), hint: t("noneFitHint"), all: "/albums", showAll: t("showAll") };
  return (
    <EmptyList filtered={filtered ? narrowed : undefined} none={{ title: t("none"), hint: t("noneHint") }} />
  );
}
