import { Link } from "@tanstack/react-router";
import { useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";

import styles from "./AdminFrame.module.css";
import { adminPages } from "./pages";

interface AdminNavProps {
  /** What follows /admin/ in the address. */
  open: string;
}

/** The pages of the admin's house: a column beside them, or a row above that scrolls where it is narrow. */
export function AdminNav({ open }: AdminNavProps) {
  const { t } = useTranslation("admin");
  const current = useRef<HTMLAnchorElement>(null);
  useEffect(() => {
    // In the row the open page may stand out of view.
    current.current?.scrollIntoView({ block: "nearest", inline: "center" });
  }, [open]);
  return (
    <nav className={styles["nav"]} aria-label={t("title")}>
      <p className={styles["title"]}>{t("title")}</p>
      <ul>
        {adminPages.map(({ path, text }) => (
          <li key={path}>
            <Link
              to="/admin/$"
              params={{ _splat: path }}
              ref={path === open ? current : null}
              className={styles["link"]}
              activeOptions={{ exact: true }}
            >
              {t(text)}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}
