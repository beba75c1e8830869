import { useQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { useRef } from "react";
import { useTranslation } from "react-i18next";

import { searchQuery } from "@/api/search";
import { PHONE, useMediaQuery } from "@/hooks/useMediaQuery";
import { useSettled } from "@/hooks/useSettled";
import { useTitle } from "@/hooks/useTitle";
import { ListFault } from "@/ui/ListFault";
import { NoneHere } from "@/ui/NoneHere";
import { SkeletonRows } from "@/ui/Skeleton";

import { Findings } from "./Findings";
import { PhoneSearchField } from "./PhoneSearchField";
import styles from "./SearchPage.module.css";
import { useResultKeys } from "./useResultKeys";

const route = getRouteApi("/signed-in/search");
const TYPING_MS = 120;
/** Of each kind. */
const LIMIT = 12;

/** Songs, albums and artists for the words in the address, while they are typed. */
export function SearchPage() {
  const { t } = useTranslation("search");
  const words = (route.useSearch().q ?? "").trim();
  const asked = useSettled(words, TYPING_MS);
  const phone = useMediaQuery(PHONE);
  const results = useRef<HTMLDivElement>(null);
  const { data, error, refetch, isPlaceholderData } = useQuery(searchQuery(asked, LIMIT));
  useResultKeys(results);
  useTitle(words === "" ? t("title") : t("titleFor", { words }));

  const found = words === "" ? undefined : data;
  const none = found !== undefined && found.songs.length + found.albums.length + found.artists.length === 0;
  const settled = words === asked && !isPlaceholderData;
  return (
    <div ref={results}>
      <h1 className={words === "" ? styles["heading"] : "sr"}>{t("title")}</h1>
      {phone && <PhoneSearchField />}
      {words === "" && <p className={styles["hint"]}>{t("hint")}</p>}
      {words !== "" && error !== null && <ListFault error={error} onRetry={() => void refetch()} />}
      {words !== "" && data === undefined && error === null && <SkeletonRows count={8} />}
      {none && settled && <NoneHere title={t("none", { words })} hint={t("noneHint")} />}
      {found !== undefined && !none && <Findings found={found} />}
      <p className="sr" role="status">
        {found !== undefined &&
          settled &&
          t("found", { count: found.songs.length + found.albums.length + found.artists.length })}
      </p>
    </div>
  );
}
