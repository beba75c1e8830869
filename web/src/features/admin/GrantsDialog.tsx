import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { grantLibrary } from "@/api/libraries";
import { storageQuery } from "@/api/storage";
import type { Library } from "@/api/types";
import { Button } from "@/ui/Button";
import { CheckBox } from "@/ui/CheckBox";
import { Dialog } from "@/ui/Dialog";
import { ListFault } from "@/ui/ListFault";
import { SkeletonRows } from "@/ui/Skeleton";

import styles from "./admin.module.css";
import { DialogFault } from "./DialogFault";

/** Who hears a library that is not open. */
export function GrantsDialog({ library, onClose }: { library: Library; onClose: () => void }) {
  const { t } = useTranslation(["admin", "common"]);
  const queries = useQueryClient();
  const { data, error, refetch } = useQuery(storageQuery);
  const [chosen, setChosen] = useState(() => new Set(library.admin?.granted.map(({ id }) => id)));
  const save = useMutation({
    mutationFn: () => grantLibrary(library.id, [...chosen]),
    onSuccess: async () => {
      await queries.invalidateQueries({ predicate: ({ queryKey: [first] }) => first !== "session" });
      onClose();
    },
  });
  const toggle = (id: number) => {
    const next = new Set(chosen);
    if (!next.delete(id)) next.add(id);
    setChosen(next);
  };
  const members = data?.members.toSorted((a, b) => a.username.localeCompare(b.username));
  return (
    <Dialog open onClose={onClose} title={t("libraries.grantsTitle", { name: library.name })}>
      <p className={styles["about"]}>{t("libraries.grantsHint")}</p>
      {error !== null && <ListFault error={error} onRetry={() => void refetch()} />}
      {members === undefined && error === null && <SkeletonRows count={3} cover={20} />}
      <ul className={styles["choices"]}>
        {members?.map(({ id, username }) => (
          <li key={id}>
            <CheckBox label={username} checked={chosen.has(id)} onChange={() => toggle(id)} />
            <span aria-hidden="true">{username}</span>
          </li>
        ))}
      </ul>
      <DialogFault error={save.error} />
      <div className={styles["actions"]}>
        <Button onClick={onClose}>{t("common:cancel")}</Button>
        <Button
          kind="primary"
          disabled={save.isPending || members === undefined}
          onClick={() => save.mutate()}
        >
          {t("common:save")}
        </Button>
      </div>
    </Dialog>
  );
}
