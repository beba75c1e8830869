import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";

import { librariesQuery, ownStorageQuery } from "@/api/libraries";
import { uploads, usePrivateUploads, useUploadLibrary } from "@/hooks/uploads";
import { formatBytes } from "@/lib/format";
import { Select } from "@/ui/Select";
import { Switch } from "@/ui/Switch";

import styles from "./UploadPage.module.css";

const MINE = "mine";

/** Where what is added goes: for oneself or for all, and to which library where there is a choice. */
export function UploadTarget() {
  const { t, i18n } = useTranslation("upload");
  const isPrivate = usePrivateUploads();
  const libraryId = useUploadLibrary();
  const { data: libraries } = useQuery(librariesQuery);
  const { data: storage } = useQuery(ownStorageQuery);
  // By their age: the oldest is where files go that name none.
  const shared = (libraries ?? [])
    .filter(({ kind, mayUpload }) => kind === "uploads" && mayUpload)
    .toSorted((a, b) => a.id - b.id);
  const chosen = shared.find(({ id }) => id === libraryId) ?? shared[0];
  const hint = () => {
    if (isPrivate) return t("privateHint");
    if (libraries !== undefined && chosen === undefined) return t("noSharedHint");
    return t(chosen?.isOpen === false ? "grantedHint" : "sharedHint");
  };
  const choose = (value: string) => {
    if (value === MINE) uploads.setPrivate(true);
    else uploads.setLibrary(Number(value));
  };
  return (
    <div className={styles["target"]}>
      {shared.length > 1 ? (
        <div className={styles["choice"]}>
          <Select
            label={t("target")}
            value={isPrivate ? MINE : String(chosen?.id)}
            onChange={choose}
            options={[
              ...shared.map(({ id, name }) => ({ value: String(id), label: name })),
              { value: MINE, label: t("private") },
            ]}
          />
          <span className="ink3">{hint()}</span>
        </div>
      ) : (
        <Switch
          label={t("private")}
          hint={hint()}
          checked={isPrivate}
          onChange={(on) => uploads.setPrivate(on)}
        />
      )}
      {storage !== undefined && storage.quota !== null && (
        <p className={styles["quota"]}>
          {t("quota", {
            used: formatBytes(storage.used, i18n.language),
            quota: formatBytes(storage.quota, i18n.language),
          })}
        </p>
      )}
    </div>
  );
}
