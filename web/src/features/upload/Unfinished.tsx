import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";

import { removeUpload, unfinishedQuery } from "@/api/uploads";
import { songUploads, uploads } from "@/hooks/uploads";
import type { PickedFile } from "@/lib/fileTree";
import { Button } from "@/ui/Button";

import { Notice } from "./Notice";
import { PickButton } from "./PickButton";

const NAMES = 3;

/** What was on its way when the page was closed. A browser cannot read the files again unless they are chosen again. */
export function Unfinished() {
  const { t } = useTranslation("upload");
  const queries = useQueryClient();
  const { data } = useQuery(unfinishedQuery);
  const left = (data?.uploads ?? []).filter(({ id }) => !songUploads.isOwn(id));
  if (left.length === 0) return null;
  const names = left.slice(0, NAMES).map(({ name }) => name);
  const more = left.length - names.length;
  const pick = (files: readonly PickedFile[]) => uploads.add(files);
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
        <>
          <PickButton small label={t("unfinished.files")} icon="upload" onPick={pick} />
          <PickButton small folder label={t("unfinished.folder")} icon="folder" onPick={pick} />
          <Button small kind="quiet" onClick={() => void forget()}>
            {t("unfinished.forget")}
          </Button>
        </>
      }
    />
  );
}
