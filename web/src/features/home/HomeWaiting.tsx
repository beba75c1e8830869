import { useTranslation } from "react-i18next";

import { CardWaiting } from "@/ui/CardWaiting";
import { CardLine, Shelf } from "@/ui/Shelf";
import { Skeleton } from "@/ui/Skeleton";

import styles from "./HomePage.module.css";
import { ResumeWaiting } from "./ResumeWaiting";

const CARDS = Array.from({ length: 6 }, (_, at) => at);

/** The true layout of the page, with real headings, while its content is on its way. */
export function HomeWaiting() {
  const { t } = useTranslation("home");
  return (
    <Skeleton>
      <ResumeWaiting />
      <div className={styles["shelves"]}>
        {[t("back"), t("recent")].map((title) => (
          <Shelf key={title} title={title}>
            <CardLine>
              {CARDS.map((card) => (
                <li key={card}>
                  <CardWaiting />
                </li>
              ))}
            </CardLine>
          </Shelf>
        ))}
      </div>
    </Skeleton>
  );
}
