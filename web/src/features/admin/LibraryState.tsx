import { useTranslation } from "react-i18next";

import type { Library } from "@/api/types";
import { classes } from "@/lib/classes";

import styles from "./admin.module.css";

/** Who hears a library, and what is wrong with its folder. */
export function LibraryState({ library: { kind, isOpen, admin } }: { library: Library }) {
  const { t } = useTranslation("admin");
  const granted = admin?.granted.map(({ username }) => username) ?? [];
  const who = () => {
    if (kind === "private") return t("libraries.ownerAlone");
    if (isOpen) return t("libraries.everybody");
    return granted.length === 0 ? t("libraries.nobody") : granted.join(", ");
  };
  const fault = () => {
    if (kind !== "folder") return null;
    if (admin?.configured === false) return t("libraries.notConfigured");
    return admin?.problem ?? null;
  };
  const wrong = fault();
  return (
    <div className={styles["who"]}>
      <p className={classes(styles["lamp"], kind !== "private" && isOpen && styles["healthy"])}>{who()}</p>
      {wrong !== null && <p className={styles["wrong"]}>{wrong}</p>}
    </div>
  );
}
