import { getRouteApi } from "@tanstack/react-router";
import { useRef } from "react";
import { useTranslation } from "react-i18next";

import { PHONE, useMediaQuery } from "@/hooks/useMediaQuery";
import { useTitle } from "@/hooks/useTitle";
import { ListFault } from "@/ui/ListFault";

import { Found } from "./Found";
import { FoundCount } from "./FoundCount";
import { NothingFound } from "./NothingFound";
import { RecentSearches } from "./RecentSearches";
import { SearchField } from "./SearchField";
import styles from "./SearchPage.module.css";
import { SearchWaiting } from "./SearchWaiting";
import { useOpenTop } from "./useOpenTop";
import { useSearchResult } from "./useSearchResult";

const route = getRouteApi("/signed-in/search");

/** Songs, albums and artists for what stands in the field, as one types. */
export function SearchPage() {
  const { t } = useTranslation("search");
  const words = route.useSearch().q?.trim() ?? "";
  const phone = useMediaQuery(PHONE);
  const field = useRef<HTMLInputElement>(null);
  const { found, foundFor, error, retry } = useSearchResult(words);
  const { top, open } = useOpenTop(found, words, foundFor);
  const count = found === undefined ? 0 : found.songs.length + found.albums.length + found.artists.length;
  const failed = error !== null && foundFor === null;
  useTitle(words === "" ? t("title") : t("titleFor", { words }));
  return (
    <div className={styles["page"]}>
      <h1 className="sr">{t("title")}</h1>
      {phone && (
        <div className={styles["field"]}>
          <SearchField inputRef={field} large />
        </div>
      )}
      <FoundCount found={foundFor === null ? undefined : found} words={words} />
      {words === "" && <RecentSearches />}
      {failed && <ListFault error={error} onRetry={retry} />}
      {words !== "" && found === undefined && !failed && <SearchWaiting />}
      {found !== undefined && count === 0 && <NothingFound words={words} />}
      {found !== undefined && count > 0 && <Found found={found} words={words} top={top} onOpenTop={open} />}
    </div>
  );
}
