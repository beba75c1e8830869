import type { ComponentProps } from "react";
import { useTranslation } from "react-i18next";

import { useSession } from "@/hooks/useSession";
import { Avatar } from "@/ui/Avatar";

import styles from "./AccountMenu.module.css";

/** The person's picture, which opens the account menu. */
export function AccountButton(props: ComponentProps<"button">) {
  const { t } = useTranslation("shell");
  const user = useSession();
  const name = user?.displayName ?? user?.username ?? "";
  return (
    <button
      type="button"
      aria-haspopup="menu"
      {...props}
      className={styles["trigger"]}
      aria-label={t("account.menu", { name })}
    >
      <Avatar name={name} url={user?.avatarUrl ?? null} />
    </button>
  );
}
