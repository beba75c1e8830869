import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";

import { buttonClass } from "@/ui/buttonClass";
import { Icon } from "@/ui/Icon";
import { NoneHere } from "@/ui/NoneHere";

/** What stands in the list's place: nobody fits the filter, or there is no music at all. */
export function NoArtists({ filtered }: { filtered: boolean }) {
  const { t } = useTranslation(["artists", "shell"]);
  if (filtered) {
    return (
      <NoneHere title={t("noneFit")} hint={t("noneFitHint")}>
        <Link to="/artists" className={buttonClass({})}>
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
