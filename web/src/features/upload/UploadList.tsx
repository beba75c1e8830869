import { useState } from "react";
import { useTranslation } from "react-i18next";

import { useScroller } from "@/hooks/ScrollerContext";
import type { SongUpload } from "@/hooks/uploads";
import { LongList } from "@/ui/LongList";

import { UploadFilter } from "./UploadFilter";
import styles from "./UploadPage.module.css";
import { UploadRow } from "./UploadRow";
import { type Choice, choose } from "./uploadChoice";

const ROW = 64;

/** The files, what is on its way first. Ten thousand of them are no more work than those in view. */
export function UploadList({ list }: { list: readonly SongUpload[] }) {
  const { t } = useTranslation("upload");
  const scroller = useScroller();
  const [choice, setChoice] = useState<Choice>("all");
  const shown = choose(list, choice);
  return (
    <>
      <UploadFilter list={list} choice={choice} onChoose={setChoice} />
      {shown.length === 0 ? (
        <p className={styles["rest"]}>{t("none")}</p>
      ) : (
        <LongList
          label={t("files")}
          count={shown.length}
          rowHeight={ROW}
          scroller={scroller}
          onRange={() => undefined}
          row={(index) => {
            const upload = shown[index];
            return upload === undefined ? null : <UploadRow upload={upload} />;
          }}
        />
      )}
    </>
  );
}
