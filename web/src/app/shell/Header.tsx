import { Link } from "@tanstack/react-router";
import type { RefObject } from "react";
import { useTranslation } from "react-i18next";

import { buttonClass } from "@/ui/buttonClass";
import { Icon } from "@/ui/Icon";
import { Mark } from "@/ui/Mark";

import { AccountMenu } from "./AccountMenu";
import styles from "./Header.module.css";
import { SearchField } from "@/features/search/SearchField";

interface HeaderProps {
  searchRef: RefObject<HTMLInputElement | null>;
  phone: boolean;
  onShowKeys: () => void;
}

/** Search, adding music and the account, above every page. */
export function Header({ searchRef, phone, onShowKeys }: HeaderProps) {
  const { t } = useTranslation(["shell", "common"]);
  return (
    <header className={styles["header"]}>
      {phone ? (
        <Link to="/" className={styles["brand"]} aria-label={t("common:app")}>
          <Mark />
        </Link>
      ) : (
        <SearchField inputRef={searchRef} />
      )}
      <span className={styles["space"]} />
      {phone ? (
        <Link to="/upload" className={styles["icon"]} aria-label={t("addMusic")}>
          <Icon name="upload" />
        </Link>
      ) : (
        <Link to="/upload" className={buttonClass({ kind: "quiet", small: true })}>
          <Icon name="upload" size={16} />
          {t("addMusic")}
        </Link>
      )}
      <AccountMenu onShowKeys={onShowKeys} />
    </header>
  );
}
