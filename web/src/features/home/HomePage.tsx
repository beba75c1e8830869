import { Link } from "@tanstack/react-router";
import { lazy, Suspense } from "react";
import { useTranslation } from "react-i18next";

import { useTitle } from "@/hooks/useTitle";

import { AlbumShelf } from "./AlbumShelf";
import { EmptyLibrary } from "./EmptyLibrary";
import { HomeFault } from "./HomeFault";
import { HomeWaiting } from "./HomeWaiting";
import styles from "./HomePage.module.css";
import { ResumePanel } from "./ResumePanel";
import { useHome } from "./useHome";

// It stands below the fold, so what is above need not wait for it.
const MostPlayed = lazy(() => import("./MostPlayed").then((module) => ({ default: module.MostPlayed })));

/** What one was doing, what one heard lately, what is new, what one plays most. */
export function HomePage() {
  const { t } = useTranslation("home");
  const { arriving, empty, back, recent, most, faults, retry } = useHome();
  useTitle(t("title"));
  if (empty) return <EmptyLibrary />;
  return (
    <>
      <h1 className="sr">{t("title")}</h1>
      {faults.length > 0 && <HomeFault faults={faults} onRetry={retry} />}
      {arriving ? (
        <HomeWaiting />
      ) : (
        <>
          <ResumePanel primary={faults.length === 0} />
          <div className={styles["shelves"]}>
            <AlbumShelf
              title={t("back")}
              albums={back}
              eager
              more={<Link to={"/history" as string}>{t("history")}</Link>}
            />
            <AlbumShelf
              title={t("recent")}
              albums={recent}
              eager={back?.length === 0}
              more={
                <Link to={"/albums" as string} search={{ sort: "-createdAt" } as never}>
                  {t("allAlbums")}
                </Link>
              }
            />
            <Suspense>
              <MostPlayed songs={most} />
            </Suspense>
          </div>
        </>
      )}
    </>
  );
}
