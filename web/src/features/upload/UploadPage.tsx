import { useTranslation } from "react-i18next";

import { uploads, useUploads } from "@/hooks/uploads";
import { useTitle } from "@/hooks/useTitle";
import type { PickedFile } from "@/lib/fileTree";
import { EmptyState } from "@/ui/EmptyState";

import { PickButton } from "./PickButton";
import { Unfinished } from "./Unfinished";
import { UploadList } from "./UploadList";
import styles from "./UploadPage.module.css";
import { UploadSummary } from "./UploadSummary";
import { UploadTarget } from "./UploadTarget";
import { UploadTrouble } from "./UploadTrouble";

/** Files and folders on their way into the library. Dropping works anywhere in the application. */
export function UploadPage() {
  const { t } = useTranslation(["upload", "shell"]);
  const list = useUploads();
  useTitle(t("title"));

  const add = (files: readonly PickedFile[]) => uploads.add(files);
  const target = <UploadTarget />;
  if (list.length === 0) {
    return (
      <EmptyState
        title={t("empty.title")}
        lead={t("empty.lead")}
        actions={
          <>
            <PickButton kind="primary" icon="upload" label={t("chooseFiles")} onPick={add} />
            <PickButton folder icon="folder" label={t("chooseFolder")} onPick={add} />
            {target}
            <Unfinished />
          </>
        }
        facts={[
          { term: t("empty.reads"), text: t("empty.formats") },
          { term: t("empty.twice"), text: t("empty.once") },
          { term: t("empty.broken"), text: t("empty.resume") },
        ]}
      />
    );
  }
  return (
    <div className={styles["page"]}>
      <header className={styles["head"]}>
        <h1>{t("title")}</h1>
        <div className={styles["actions"]}>
          <PickButton icon="upload" label={t("chooseFiles")} onPick={add} />
          <PickButton folder icon="folder" label={t("chooseFolder")} onPick={add} />
        </div>
      </header>
      <UploadSummary list={list} />
      <UploadTrouble />
      <Unfinished />
      {target}
      <UploadList list={list} />
    </div>
  );
}
