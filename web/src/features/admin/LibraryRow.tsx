import { useTranslation } from "react-i18next";

import type { Library } from "@/api/types";
import { Title } from "@/ui/Title";

import styles from "./admin.module.css";
import { LibraryMenu } from "./LibraryMenu";
import { LibraryState } from "./LibraryState";
import { useAmounts } from "./useAmounts";

/** A library: its name and kind, who hears it, how much is in it. Another's private one shows its size alone. */
export function LibraryRow({ library }: { library: Library }) {
  const { t } = useTranslation("admin");
  const { bytes, songs } = useAmounts();
  const { name, kind, songCount, size, admin } = library;
  return (
    <li className={styles["row"]}>
      <div className={styles["what"]}>
        <p className={styles["name"]}>
          <Title>
            {kind === "private" ? t("libraries.ofOwner", { name: admin?.owner?.username }) : name}
          </Title>
        </p>
        <p className={styles["second"]}>
          {admin?.path == null ? t(`kind.${kind}`) : <bdi>{admin.path}</bdi>}
        </p>
      </div>
      <LibraryState library={library} />
      <p className={styles["amount"]}>
        {songCount !== null && <span>{songs(songCount)}</span>}
        <span>{bytes(size)}</span>
      </p>
      <div className={styles["tools"]}>{kind !== "private" && <LibraryMenu library={library} />}</div>
    </li>
  );
}
