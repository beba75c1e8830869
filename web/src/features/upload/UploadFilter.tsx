import { useTranslation } from "react-i18next";

import type { SongUpload } from "@/hooks/uploads";
import { formatNumber } from "@/lib/format";
import { Segment } from "@/ui/Segment";

import { type Choice, choices, choose } from "./uploadChoice";
import styles from "./UploadPage.module.css";

interface UploadFilterProps {
  list: readonly SongUpload[];
  choice: Choice;
  onChoose: (choice: Choice) => void;
}

/** Which of the files are shown, with how many there are of each. */
export function UploadFilter({ list, choice, onChoose }: UploadFilterProps) {
  const { t, i18n } = useTranslation("upload");
  const options = choices.map((value) => ({
    value,
    label: `${t(`show.${value}`)} ${formatNumber(choose(list, value).length, i18n.language)}`,
  }));
  return (
    <div className={styles["filter"]}>
      <Segment label={t("show.label")} value={choice} options={options} onChange={onChoose} />
    </div>
  );
}
