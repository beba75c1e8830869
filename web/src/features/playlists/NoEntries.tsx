import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";

import { buttonClass } from "@/ui/buttonClass";
import { NoneHere } from "@/ui/NoneHere";

/** A playlist without songs: the way to some, if it is one's own. */
export function NoEntries({ mine }: { mine: boolean }) {
  const { t } = useTranslation("playlists");
  if (!mine) return <NoneHere title={t("empty.title")} hint={t("empty.notYours")} />;
  return (
    <NoneHere title={t("empty.title")} hint={t("empty.hint")}>
      <Link to={"/songs"} className={buttonClass({ kind: "primary" })}>
        {t("empty.action")}
      </Link>
    </NoneHere>
  );
}
