import { useTranslation } from "react-i18next";

import { uploads, usePrivateUploads, useUploads } from "@/hooks/uploads";
import { useTitle } from "@/hooks/useTitle";
import type { PickedFile } from "@/lib/fileTree";
import { EmptyState } from "@/ui/EmptyState";
import { Switch } from "@/ui/Switch";

import { PickButton } from "./PickButton";
import { Unfinished } from "./Unfinished";
import { UploadList } from "./UploadList";
import styles from "./UploadPage.module.css";
import { UploadSummary } from "./UploadSummary";
import { UploadTrouble } from "./UploadTrouble";

/** Files and folders on their way into the library. Dropping works anywhere in the application. */
export function UploadPage() {
  const { t } = useTranslation(["upload", "shell"]);
  const list = useUploads();
  const isPrivate = usePrivateUploads();
  useTitle(t("title"));

  const add = (files: readonly PickedFile[]) => uploads.add(files);
  const privacy = (
    <div className={styles["privacy"]}>
      <Switch
        label={t("private")}
        hint={t(isPrivate ? "privateHint" : "sharedHint")}
        checked={isPrivate}
        onChange={(on) => uploads.setPrivate(on)}
      />
    </div>
  );
  if (list.length === 0) {
    return (
      <EmptyState
        title={t("empty.title")}
        lead={t("empty.lead")}
        actions={
          <>
            <PickButton kind="primary" icon="upload" label={t("chooseFiles")} onPick={add} />
            <PickButton folder icon="folder" label={t("chooseFolder")} onPick={add} />
            {privacy}
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
      {privacy}
      <UploadList list={list} />
    </div>
  );
}
