import { useTranslation } from "react-i18next";

import type { LogLine } from "@/api/types";
import { classes } from "@/lib/classes";

import styles from "./log.module.css";

/** More rows than that nobody reads, and every one of them costs. */
const SHOWN = 300;

export function LogLines({ lines }: { lines: readonly LogLine[] }) {
  const { t, i18n } = useTranslation("admin");
  const time = new Intl.DateTimeFormat(i18n.language, { dateStyle: "short", timeStyle: "medium" });
  if (lines.length === 0) return <p className={styles["none"]}>{t("log.none")}</p>;
  const rest = lines.length - SHOWN;
  return (
    <>
      <ol className={styles["lines"]} aria-label={t("log.lines")}>
        {lines.slice(0, SHOWN).map(({ number, time: at, level, message, fields }) => (
          <li key={number} className={styles["line"]}>
            <time dateTime={at}>{time.format(new Date(at))}</time>
            <span className={classes(styles["level"], styles[level])}>{t(`level.${level}`)}</span>
            <p className={styles["text"]}>
              <span className={styles["message"]}>{message}</span>{" "}
              {fields.map(({ name, value }) => (
                <span key={name} className={styles["field"]}>
                  <span className="ink3">{name}</span> <bdi>{value}</bdi>
                </span>
              ))}
            </p>
          </li>
        ))}
      </ol>
      {rest > 0 && <p className={styles["none"]}>{t("log.more", { count: rest })}</p>}
    </>
  );
}
