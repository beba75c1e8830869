import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { apiKeysQuery, deleteApiKey } from "@/api/security";
import { toasts } from "@/lib/toasts";
import { Button } from "@/ui/Button";
import { ListFault } from "@/ui/ListFault";
import { SkeletonRows } from "@/ui/Skeleton";

import { ApiKeyRow } from "./ApiKeyRow";
import { NewKeyDialog } from "./NewKeyDialog";
import { Section } from "./Section";
import styles from "./SecurityPage.module.css";

/** The keys that programs use instead of the password. */
export function ApiKeys() {
  const { t } = useTranslation("security");
  const queries = useQueryClient();
  const [making, setMaking] = useState(false);
  const { data, error, refetch } = useQuery(apiKeysQuery);
  const remove = useMutation({
    mutationFn: deleteApiKey,
    onSuccess: () => toasts.push(t("keys.deleted")),
    onError: () => toasts.push(t("keys.notDeleted"), "fault"),
    onSettled: () => queries.invalidateQueries(apiKeysQuery),
  });
  return (
    <Section title={t("keys.title")} about={t("keys.about")} wide>
      {error !== null && <ListFault error={error} onRetry={() => void refetch()} />}
      {data === undefined && error === null && <SkeletonRows count={2} cover={28} />}
      {data?.length === 0 && <p className={styles["lead"]}>{t("keys.none")}</p>}
      {data !== undefined && data.length > 0 && (
        <ul aria-label={t("keys.title")}>
          {data.map((key) => (
            <li key={key.id}>
              <ApiKeyRow apiKey={key} busy={remove.isPending} onDelete={() => remove.mutate(key.id)} />
            </li>
          ))}
        </ul>
      )}
      <div className={styles["below"]}>
        <Button icon="add" onClick={() => setMaking(true)}>
          {t("keys.make")}
        </Button>
      </div>
      {making && <NewKeyDialog onClose={() => setMaking(false)} />}
    </Section>
  );
}
