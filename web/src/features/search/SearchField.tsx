import { type FormEvent, type KeyboardEvent, type RefObject, useEffect } from "react";
import { useTranslation } from "react-i18next";

import { classes } from "@/lib/classes";
import { Icon } from "@/ui/Icon";
import { Kbd } from "@/ui/Kbd";

import { searchEvents } from "./searchEvents";
import styles from "./SearchField.module.css";
import { useTypedWords } from "./useTypedWords";

interface SearchFieldProps {
  inputRef: RefObject<HTMLInputElement | null>;
  /** On the page itself, as wide as it, for fingers. */
  large?: boolean;
}

/** Searches as one types: the search page shows what is found for the words in its address. */
export function SearchField({ inputRef, large = false }: SearchFieldProps) {
  const { t } = useTranslation("shell");
  const { typed, type } = useTypedWords();
  useEffect(() => searchEvents.on("intoField", () => inputRef.current?.focus()), [inputRef]);

  const submit = (event: FormEvent) => {
    event.preventDefault();
    type(typed);
    searchEvents.emit("open", typed.trim());
  };
  const press = (event: KeyboardEvent) => {
    if (event.key !== "ArrowDown" || event.nativeEvent.isComposing) return;
    event.preventDefault();
    searchEvents.emit("intoResults", undefined);
  };
  const clear = () => {
    type("");
    inputRef.current?.focus();
  };
  return (
    <form className={classes(styles["find"], large && styles["large"])} role="search" onSubmit={submit}>
      <Icon name="search" />
      <input
        ref={inputRef}
        className={styles["input"]}
        type="search"
        enterKeyHint="search"
        aria-label={t("search.label")}
        aria-keyshortcuts="/"
        placeholder={t("search.placeholder")}
        autoComplete="off"
        autoCapitalize="none"
        spellCheck={false}
        dir="auto"
        value={typed}
        onChange={(event) => type(event.target.value)}
        onKeyDown={press}
      />
      {typed !== "" && (
        <button type="button" className={styles["clear"]} aria-label={t("search.clear")} onClick={clear}>
          <Icon name="close" size={16} />
        </button>
      )}
      {typed === "" && !large && (
        <span className={styles["key"]} aria-hidden="true">
          <Kbd>/</Kbd>
        </span>
      )}
    </form>
  );
}
