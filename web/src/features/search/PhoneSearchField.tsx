import { getRouteApi } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { Icon } from "@/ui/Icon";

import styles from "./SearchPage.module.css";

const route = getRouteApi("/signed-in/search");

/** The field of the search page on phones, whose header has none. */
export function PhoneSearchField() {
  const { t } = useTranslation("shell");
  const { q } = route.useSearch();
  const navigate = route.useNavigate();
  const [typed, setTyped] = useState(q ?? "");
  const [shownFor, setShownFor] = useState(q);
  if (shownFor !== q) {
    setShownFor(q);
    if ((q ?? "") !== typed.trim()) setTyped(q ?? "");
  }
  const type = (text: string) => {
    setTyped(text);
    void navigate({ to: ".", search: text.trim() === "" ? {} : { q: text.trim() }, replace: true });
  };
  return (
    <div className={styles["field"]} role="search">
      <Icon name="search" />
      <input
        type="search"
        aria-label={t("search.label")}
        placeholder={t("search.placeholder")}
        autoComplete="off"
        spellCheck={false}
        enterKeyHint="search"
        dir="auto"
        autoFocus={q === undefined}
        value={typed}
        onChange={(event) => type(event.target.value)}
      />
    </div>
  );
}
