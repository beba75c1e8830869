import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";

import { buttonClass } from "./buttonClass";
import { Icon } from "./Icon";
import { NoneHere } from "./NoneHere";

interface EmptyListProps {
  /** What the list is narrowed by leaves nothing. */
  filtered?: { title: string; hint: string; all: string; showAll: string } | undefined;
  /** There is no music at all. */
  none: { title: string; hint: string };
}

/** What stands in the place of a list of the library: nothing fits the filters, or there is no music at all. */
export function EmptyList({ filtered, none }: EmptyListProps) {
  const { t } = useTranslation("shell");
  if (filtered !== undefined) {
    return (
      <NoneHere title={filtered.title} hint={filtered.hint}>
        <Link to={filtered.all as string} className={buttonClass({})}>
          {filtered.showAll}
        </Link>
      </NoneHere>
    );
  }
  return (
    <NoneHere title={none.title} hint={none.hint}>
      <Link to={"/upload" as string} className={buttonClass({ kind: "primary" })}>
        <Icon name="upload" size={18} />
        {t("addMusic")}
      </Link>
    </NoneHere>
  );
}
