import { useTranslation } from "react-i18next";

import { Title } from "@/ui/Title";

import styles from "./NamesField.module.css";

interface NameOptionsProps {
  /** Of the field; the list and its options are named after it. */
  id: string;
  label: string;
  names: readonly string[];
  /** The one that the arrow keys stand on, -1 for none. */
  at: number;
  onChoose: (name: string) => void;
}

/** What the library knows of the name that is being typed. */
export function NameOptions({ id, label, names, at, onChoose }: NameOptionsProps) {
  const { t } = useTranslation("editor");
  return (
    <ul
      id={`${id}-list`}
      role="listbox"
      className={styles["list"]}
      aria-label={t("suggestions", { field: label })}
    >
      {names.map((name, index) => (
        <li
          key={name}
          id={`${id}-${index}`}
          role="option"
          aria-selected={index === at}
          className={styles["option"]}
          // Before the field loses the focus and takes what was typed.
          onPointerDown={(event) => {
            event.preventDefault();
            onChoose(name);
          }}
        >
          <Title>{name}</Title>
        </li>
      ))}
    </ul>
  );
}
