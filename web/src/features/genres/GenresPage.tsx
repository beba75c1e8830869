import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";

import { genresQuery } from "@/api/genres";
import { useTitle } from "@/hooks/useTitle";
import { classes } from "@/lib/classes";
import { formatNumber } from "@/lib/format";
import { ListFault } from "@/ui/ListFault";
import { NoneHere } from "@/ui/NoneHere";
import { SkeletonRows } from "@/ui/Skeleton";
import { Title } from "@/ui/Title";

import styles from "./GenresPage.module.css";

/** Every genre with the number of its songs, drawn to scale. */
export function GenresPage() {
  const { t, i18n } = useTranslation("genres");
  const { data, error, refetch } = useQuery(genresQuery);
  useTitle(t("title"));
  const most = Math.max(1, ...(data?.genres.map((genre) => genre.songCount) ?? []));
  return (
    <div>
      <h1 className={styles["heading"]}>{t("title")}</h1>
      {error !== null && <ListFault error={error} onRetry={() => void refetch()} />}
      {data === undefined && error === null && <SkeletonRows count={10} cover={0} />}
      {data?.genres.length === 0 && <NoneHere title={t("none")} hint={t("noneHint")} />}
      <ul>
        {data?.genres.map(({ name, songCount }) => (
          <li key={name}>
            <Link to={`/genres/${encodeURIComponent(name)}` as string} className={styles["row"]}>
              <Title className={classes("cut", styles["name"])}>{name}</Title>
              <span className={styles["bar"]} aria-hidden="true">
                <span style={{ width: `${(songCount / most) * 100}%` }} />
              </span>
              <span className={styles["songs"]}>{formatNumber(songCount, i18n.language)}</span>
              <span className="sr">{t("songs")}</span>
            </Link>
          </li>
        ))}
      </ul>
    </div>
  );
}
