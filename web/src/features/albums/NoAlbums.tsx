import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";

import { buttonClass } from "@/ui/buttonClass";
import { Icon } from "@/ui/Icon";
import { NoneHere } from "@/ui/NoneHere";

/** What stands in the grid's place: no album fits the filters, or there is no music at all. */
export function NoAlbums({ filtered }: { filtered: boolean }) {
  const { t } = useTranslation(["albums", "shell"]);
  if (filtered) {
    return (
      <NoneHere title={t("noneFit")} hint={t("noneFitHint")}>
        <Link to="/albums" className={buttonClass({})}>
          {t("showAll")}
        </Link>
      </NoneHere>
    );
  }
  return (
    <NoneHere title={t("none")} hint={t("noneHint")}>
      <Link to={"/upload" as string} className={buttonClass({ kind: "primary" })}>
        <Icon name="upload" size={18} />
        {t("shell:addMusic")}
      </Link>
    </NoneHere>
  );
}
