import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";

import { librariesQuery } from "@/api/libraries";
import { CheckBox } from "@/ui/CheckBox";

import styles from "./dialog.module.css";

interface InviteLibrariesProps {
  chosen: ReadonlySet<number>;
  onChange: (chosen: ReadonlySet<number>) => void;
}

/** Which libraries the invited hear beside the open ones; nothing where all are open. */
export function InviteLibraries({ chosen, onChange }: InviteLibrariesProps) {
  const { t } = useTranslation("members");
  const { data } = useQuery(librariesQuery);
  const closed = data?.filter(({ isOpen, kind }) => !isOpen && kind !== "private") ?? [];
  if (closed.length === 0) return null;
  const toggle = (id: number) => {
    const next = new Set(chosen);
    if (!next.delete(id)) next.add(id);
    onChange(next);
  };
  return (
    <fieldset className={styles["choices"]}>
      <legend>{t("new.libraries")}</legend>
      {closed.map(({ id, name }) => (
        <div key={id} className={styles["choice"]}>
          <CheckBox label={name} checked={chosen.has(id)} onChange={() => toggle(id)} />
          <span aria-hidden="true">{name}</span>
        </div>
      ))}
    </fieldset>
  );
}
