import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { logQuery } from "@/api/server";
import { useTitle } from "@/hooks/useTitle";
import { Field } from "@/ui/Field";
import { ListFault } from "@/ui/ListFault";
import { Select } from "@/ui/Select";
import { SkeletonRows } from "@/ui/Skeleton";
import { Switch } from "@/ui/Switch";

import styles from "./log.module.css";
import { LEVELS, type Level, matching } from "./logFilter";
import { LogLines } from "./LogLines";

/** The last lines of the server's log, newest first. */
export function LogPage() {
  const { t } = useTranslation("admin");
  const [follow, setFollow] = useState(true);
  const [level, setLevel] = useState<Level>("debug");
  const [text, setText] = useState("");
  const { data, error, refetch } = useQuery(logQuery(follow));
  useTitle(t("log.title"));
  return (
    <>
      <h1>{t("log.title")}</h1>
      <div className={styles["filters"]}>
        <Field
          label={t("log.text")}
          type="search"
          autoComplete="off"
          value={text}
          onChange={(event) => setText(event.target.value)}
        />
        <Select
          label={t("log.least")}
          value={level}
          onChange={setLevel}
          options={LEVELS.map((each) => ({ value: each, label: t(`level.${each}`) }))}
        />
        <Switch label={t("log.follow")} checked={follow} onChange={setFollow} />
      </div>
      {error !== null && <ListFault error={error} onRetry={() => void refetch()} />}
      {data === undefined && error === null && <SkeletonRows count={8} cover={20} />}
      {data !== undefined && <LogLines lines={matching(data.lines, level, text)} />}
    </>
  );
}
