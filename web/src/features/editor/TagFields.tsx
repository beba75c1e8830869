import { useTranslation } from "react-i18next";

import { Field } from "@/ui/Field";

import { NamesField } from "./NamesField";
import { useArtistNames, useGenreNames } from "./suggestions";
import styles from "./TagEditor.module.css";
import type { ListName, TextName } from "./tagForm";
import type { useTagForm } from "./useTagForm";

interface TagFieldsProps {
  tags: ReturnType<typeof useTagForm>;
  missing: string | undefined;
  fault: (field: string) => string | undefined;
}

const MOST_TEXT = 255;
const MOST_GENRE = 50;
const MOST_DIGITS = 4;

/** All fields that the library has of a song. */
export function TagFields({ tags, missing, fault }: TagFieldsProps) {
  const { t } = useTranslation("editor");
  const { form, setText, setList, setCompilation } = tags;
  const text = (name: TextName, number: boolean) => {
    const { value, several, touched } = form.texts[name];
    const wrong = (name === "title" ? missing : undefined) ?? fault(name);
    return (
      <Field
        label={t(name)}
        autoFocus={name === "title" && !several}
        dir={number ? "ltr" : "auto"}
        inputMode={number ? "numeric" : "text"}
        maxLength={number ? MOST_DIGITS : MOST_TEXT}
        autoComplete="off"
        placeholder={several ? t("several") : undefined}
        hint={touched && value === "" && wrong === undefined ? t("emptied") : undefined}
        value={value}
        fault={wrong}
        onChange={(event) => setText(name, event.target.value)}
      />
    );
  };
  const names = (name: ListName) => {
    const { value, several } = form.lists[name];
    return (
      <NamesField
        label={t(name)}
        names={value}
        placeholder={several ? t("severalNames") : undefined}
        hint={name === "albumArtists" && value.length === 0 && !several ? t("follows") : undefined}
        fault={fault(name)}
        most={name === "genres" ? MOST_GENRE : MOST_TEXT}
        useSuggestions={name === "genres" ? useGenreNames : useArtistNames}
        onChange={(next) => setList(name, next)}
      />
    );
  };
  const { value, several } = form.compilation;
  return (
    <div className={styles["fields"]}>
      <div className={styles["wide"]}>{text("title", false)}</div>
      <div className={styles["wide"]}>{names("artists")}</div>
      <div className={styles["wide"]}>{text("album", false)}</div>
      <div className={styles["wide"]}>{names("albumArtists")}</div>
      <label className={styles["check"]}>
        <input
          type="checkbox"
          checked={value}
          ref={(input) => {
            if (input !== null) input.indeterminate = several;
          }}
          onChange={(event) => setCompilation(event.target.checked)}
        />
        {t("compilation")}
      </label>
      <div className={styles["wide"]}>{names("genres")}</div>
      {text("year", true)}
      {text("track", true)}
      {text("disc", true)}
    </div>
  );
}
