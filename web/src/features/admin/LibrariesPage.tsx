import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { librariesQuery } from "@/api/libraries";
import { useTitle } from "@/hooks/useTitle";
import { Button } from "@/ui/Button";
import { ListFault } from "@/ui/ListFault";
import { SkeletonRows } from "@/ui/Skeleton";

import styles from "./admin.module.css";
import { LibraryDialog } from "./LibraryDialog";
import { LibraryRow } from "./LibraryRow";

/** The libraries of this server: what is in them, who hears them. */
export function LibrariesPage() {
  const { t } = useTranslation("admin");
  const [making, setMaking] = useState(false);
  const { data, error, refetch } = useQuery(librariesQuery);
  useTitle(t("libraries.title"));
  return (
    <>
      <div className={styles["head"]}>
        <h1>{t("libraries.title")}</h1>
        <Button kind="primary" icon="add" onClick={() => setMaking(true)}>
          {t("libraries.make")}
        </Button>
      </div>
      <p className={styles["about"]}>{t("libraries.about")}</p>
      {error !== null && <ListFault error={error} onRetry={() => void refetch()} />}
      {data === undefined && error === null && <SkeletonRows count={3} cover={28} />}
      {data !== undefined && (
        <ul className={styles["rows"]} aria-label={t("libraries.title")}>
          {data.map((library) => (
            <LibraryRow key={library.id} library={library} />
          ))}
        </ul>
      )}
      {making && <LibraryDialog onClose={() => setMaking(false)} />}
    </>
  );
}
