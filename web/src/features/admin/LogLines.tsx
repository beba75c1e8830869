import { Fragment } from "react";
import { useTranslation } from "react-i18next";

import type { LogLine } from "@/api/types";
import { classes } from "@/lib/classes";

import styles from "./log.module.css";

/** More rows than that nobody reads, and every one of them costs. */
const SHOWN = 300;

/** The values alone: what they are called stands in the open line. */
function inShort(fields: LogLine["fields"]): string {
  return fields.map(({ value }) => value).join(" · ");
}

export function LogLines({ lines }: { lines: readonly LogLine[] }) {
  const { t, i18n } = useTranslation("admin");
  const time = new Intl.DateTimeFormat(i18n.language, { timeStyle: "medium" });
  if (lines.length === 0) return <p className={styles["none"]}>{t("log.none")}</p>;
  const rest = lines.length - SHOWN;
  return (
    <>
      <ol className={styles["lines"]} aria-label={t("log.lines")}>
        {lines.slice(0, SHOWN).map(({ number, time: at, level, message, fields }) => (
          <li key={number}>
            <details className={styles["line"]}>
              <summary>
                <time dateTime={at}>{time.format(new Date(at))}</time>
                <span className={classes(styles["level"], styles[level])}>{t(`level.${level}`)}</span>
                <span className="cut">
                  <b>{message}</b> <bdi>{inShort(fields)}</bdi>
                </span>
              </summary>
              <dl className={styles["fields"]}>
                <dt>{t("log.time")}</dt>
                <dd>{at}</dd>
                {fields.map(({ name, value }) => (
                  <Fragment key={name}>
                    <dt>{name}</dt>
                    <dd>
                      <bdi>{value}</bdi>
                    </dd>
                  </Fragment>
                ))}
              </dl>
            </details>
          </li>
        ))}
      </ol>
      {rest > 0 && <p className={styles["none"]}>{t("log.more", { count: rest })}</p>}
    </>
  );
}
