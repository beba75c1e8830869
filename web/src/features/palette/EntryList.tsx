import { useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";

import { classes } from "@/lib/classes";
import { Cover } from "@/ui/Cover";
import { Icon } from "@/ui/Icon";
import { Title } from "@/ui/Title";

import { type Entry, GROUPS } from "./entry";
import styles from "./Palette.module.css";

interface EntryListProps {
  /** Begins the ids that the field refers to: "<id>-list", and "<id>-<place>" of each entry. */
  id: string;
  /** Group by group. */
  entries: readonly Entry[];
  chosen: number;
  onPoint: (index: number) => void;
  onRun: (entry: Entry) => void;
}

/** What the palette offers, under the headings of its groups. The field above keeps the focus. */
export function EntryList({ id, entries, chosen, onPoint, onRun }: EntryListProps) {
  const { t } = useTranslation("palette");
  const list = useRef<HTMLDivElement>(null);
  useEffect(() => {
    list.current?.querySelector("[aria-selected=true]")?.scrollIntoView({ block: "nearest" });
  }, [chosen, entries]);
  const groups = GROUPS.map((group) => ({
    group,
    some: entries.map((entry, at) => ({ entry, at })).filter(({ entry }) => entry.group === group),
  })).filter(({ some }) => some.length > 0);
  return (
    <div ref={list} id={`${id}-list`} role="listbox" aria-label={t("title")} className={styles["list"]}>
      {groups.map(({ group, some }) => (
        <div key={group} role="group" aria-labelledby={`${id}-${group}`}>
          <div id={`${id}-${group}`} className={styles["group"]}>
            {t(`group.${group}`)}
          </div>
          {some.map(({ entry, at }) => (
            // The field has the focus and the keys.
            // eslint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/interactive-supports-focus
            <div
              key={entry.id}
              id={`${id}-${at}`}
              role="option"
              aria-selected={at === chosen}
              className={classes(styles["entry"], at === chosen && styles["chosen"])}
              onPointerMove={() => at !== chosen && onPoint(at)}
              onMouseDown={(event) => event.preventDefault()}
              onClick={() => onRun(entry)}
            >
              <Picture entry={entry} />
              <Title className={classes("cut", styles["label"])}>{entry.label}</Title>{" "}
              {entry.second !== undefined && (
                <Title className={classes("cut", styles["second"])}>{entry.second}</Title>
              )}
            </div>
          ))}
        </div>
      ))}
    </div>
  );
}

function Picture({ entry: { icon, cover, label } }: { entry: Entry }) {
  if (cover !== undefined) return <Cover url={cover.url} title={label} hue={cover.hue} size={28} />;
  return <span className={styles["icon"]}>{icon !== undefined && <Icon name={icon} />}</span>;
}
