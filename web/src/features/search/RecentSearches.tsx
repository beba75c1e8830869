import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";

import { Button } from "@/ui/Button";
import { Icon } from "@/ui/Icon";
import { IconButton } from "@/ui/IconButton";
import { NoneHere } from "@/ui/NoneHere";
import { Title } from "@/ui/Title";

import { useRecentSearches } from "./useRecentSearches";
import styles from "./RecentSearches.module.css";
import { HIT, useHitKeys } from "./useHitKeys";

/** What one searched for before; without that, what can be searched for. */
export function RecentSearches() {
  const { t } = useTranslation("search");
  const { words, forget, forgetAll } = useRecentSearches();
  const keys = useHitKeys();
  if (words.length === 0) return <NoneHere title={t("start")} hint={t("startHint")} />;
  return (
    <section aria-labelledby="recent-searches">
      <header className={styles["head"]}>
        <h2 id="recent-searches">{t("recent")}</h2>
        <Button kind="quiet" small onClick={forgetAll}>
          {t("forgetAll")}
        </Button>
      </header>
      <div {...keys}>
        <ul className={styles["list"]}>
          {words.map((text) => (
            <li key={text} className={styles["row"]} {...HIT}>
              <Link to={"/search" as string} search={{ q: text } as never} className={styles["link"]}>
                <Icon name="clock" size={18} />
                <Title className="cut">{text}</Title>
              </Link>
              <IconButton
                icon="close"
                size={16}
                label={t("forget", { words: text })}
                onClick={() => forget(text)}
              />
            </li>
          ))}
        </ul>
      </div>
    </section>
  );
}
