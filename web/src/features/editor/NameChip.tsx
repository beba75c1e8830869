import { useTranslation } from "react-i18next";

import { Icon } from "@/ui/Icon";
import { Title } from "@/ui/Title";

import styles from "./NamesField.module.css";

/** One name of several, with the cross that takes it away. */
export function NameChip({ name, onRemove }: { name: string; onRemove: () => void }) {
  const { t } = useTranslation("editor");
  return (
    <span className={styles["chip"]}>
      <Title className="cut">{name}</Title>
      <button type="button" aria-label={t("removeName", { name })} onClick={onRemove}>
        <Icon name="close" size={14} />
      </button>
    </span>
  );
}
