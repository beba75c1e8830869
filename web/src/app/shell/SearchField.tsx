import { useNavigate, useSearch } from "@tanstack/react-router";
import { type ChangeEvent, type FormEvent, type RefObject, useState } from "react";
import { useTranslation } from "react-i18next";

import { Icon } from "@/ui/Icon";
import { Kbd } from "@/ui/Kbd";

import styles from "./SearchField.module.css";

/** Searches as one types: the search page shows what is found for the words in its address. */
export function SearchField({ inputRef }: { inputRef: RefObject<HTMLInputElement | null> }) {
  const { t } = useTranslation("shell");
  const navigate = useNavigate();
  const { q } = useSearch({ strict: false }) as { q?: string };
  const [typed, setTyped] = useState(q ?? "");
  // The address is the truth while it holds a search; elsewhere the field is empty.
  const [shownFor, setShownFor] = useState(q);
  if (shownFor !== q) {
    setShownFor(q);
    setTyped(q ?? "");
  }

  const find = (words: string) => {
    const search = words.trim() === "" ? {} : { q: words };
    void navigate({ to: "/search" as string, search: search as never, replace: q !== undefined });
  };
  const type = (event: ChangeEvent<HTMLInputElement>) => {
    setTyped(event.target.value);
    if (event.target.value.trim() !== "" || q !== undefined) find(event.target.value);
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    find(typed);
  };
  return (
    <form className={styles["find"]} role="search" onSubmit={submit}>
      <Icon name="search" />
      <input
        ref={inputRef}
        className={styles["input"]}
        type="search"
        aria-label={t("search.label")}
        aria-keyshortcuts="/"
        placeholder={t("search.placeholder")}
        autoComplete="off"
        spellCheck={false}
        dir="auto"
        value={typed}
        onChange={type}
      />
      <span className={styles["key"]} aria-hidden="true">
        <Kbd>/</Kbd>
      </span>
    </form>
  );
}
