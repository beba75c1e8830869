import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";

import { removeUpload, unfinishedQuery } from "@/api/uploads";
import { songUploads } from "@/hooks/uploads";
import { Button } from "@/ui/Button";

import { Notice } from "./Notice";

const NAMES = 3;

/** What was on its way when the page was closed. A browser cannot read the files again unless they are chosen again. */
export function Unfinished() {
  const { t } = useTranslation("upload");
  const queries = useQueryClient();
  const { data } = useQuery(unfinishedQuery);
  const left = (data?.uploads ?? []).filter(({ id }) => !songUploads.isOwn(id));
  if (left.length === 0) return null;
  const names = left
    .slice(-NAMES)
    .reverse()
    .map(({ name }) => name);
  const more = left.length - names.length;
  const forget = async () => {
    await Promise.all(left.map(({ id }) => removeUpload(id)));
    await queries.invalidateQueries({ queryKey: unfinishedQuery.queryKey });
  };
  return (
    <Notice
      icon="clock"
      title={t("unfinished.title", { count: left.length })}
      text={t("unfinished.text", {
        names: [...names, ...(more > 0 ? [t("more", { count: more })] : [])].join(", "),
      })}
      actions={
        <Button small kind="quiet" onClick={() => void forget()}>
          {t("unfinished.forget")}
        </Button>
      }
    />
  );
}
