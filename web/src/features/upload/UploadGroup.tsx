import { useId } from "react";
import { useTranslation } from "react-i18next";

import type { SongUpload } from "@/hooks/uploads";
import { formatNumber } from "@/lib/format";

import styles from "./UploadPage.module.css";
import { UploadRow } from "./UploadRow";

/** More rows than this would slow every percent down and tell nobody more. */
const MOST_SHOWN = 100;

export function UploadGroup({ title, list }: { title: string; list: readonly SongUpload[] }) {
  const { t, i18n } = useTranslation("upload");
  const heading = useId();
  if (list.length === 0) return null;
  return (
    <section className={styles["group"]}>
      <h2 id={heading} className={styles["label"]}>
        {title} <span className="ink3">{formatNumber(list.length, i18n.language)}</span>
      </h2>
      <ul aria-labelledby={heading}>
        {list.slice(0, MOST_SHOWN).map((upload) => (
          <li key={upload.id}>
            <UploadRow upload={upload} />
          </li>
        ))}
      </ul>
      {list.length > MOST_SHOWN && (
        <p className={styles["rest"]}>{t("more", { count: list.length - MOST_SHOWN })}</p>
      )}
    </section>
  );
}
