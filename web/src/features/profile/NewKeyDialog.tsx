import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { ApiError } from "@/api/error";
import { apiKeysQuery, createApiKey } from "@/api/security";
import { Button } from "@/ui/Button";
import { Dialog } from "@/ui/Dialog";
import { Field } from "@/ui/Field";
import { Segment } from "@/ui/Segment";
import { Select } from "@/ui/Select";

import { Choice } from "./Choice";
import { FormFault } from "./FormFault";
import { MadeKey } from "./MadeKey";
import styles from "./SecurityPage.module.css";

const DAY_MS = 86_400_000;
const LIVES = ["forever", "30", "90", "365"] as const;
type Life = (typeof LIVES)[number];

/** Makes a key, and then shows it this once. */
export function NewKeyDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation(["security", "common"]);
  const queries = useQueryClient();
  const [name, setName] = useState("");
  const [scope, setScope] = useState<"read" | "write">("read");
  const [life, setLife] = useState<Life>("forever");
  const make = useMutation({
    mutationFn: () => createApiKey({ name, scope, ...(life !== "forever" && { expiresAt: endOf(life) }) }),
    onSuccess: () => queries.invalidateQueries(apiKeysQuery),
  });
  const error = make.error instanceof ApiError ? make.error : null;
  if (make.data !== undefined) return <MadeKey made={make.data} onClose={onClose} />;
  return (
    <Dialog open onClose={onClose} title={t("newKey.title")}>
      <form
        className={styles["form"]}
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          if (!make.isPending && name.trim() !== "") make.mutate();
        }}
      >
        <Field
          label={t("newKey.name")}
          hint={t("newKey.nameHint")}
          dir="auto"
          maxLength={100}
          autoComplete="off"
          autoFocus
          value={name}
          fault={error?.fault("name")}
          onChange={(event) => setName(event.target.value)}
        />
        <Choice label={t("newKey.scope")} hint={t(`newKey.${scope}`)}>
          <Segment
            label={t("newKey.scope")}
            value={scope}
            options={[
              { value: "read", label: t("keys.read") },
              { value: "write", label: t("keys.write") },
            ]}
            onChange={setScope}
          />
        </Choice>
        <Choice label={t("newKey.life")}>
          <Select
            label={t("newKey.life")}
            value={life}
            options={LIVES.map((value) => ({
              value,
              label: value === "forever" ? t("newKey.forever") : t("newKey.days", { count: Number(value) }),
            }))}
            onChange={setLife}
          />
        </Choice>
        <FormFault error={make.error} />
        <div className={styles["answers"]}>
          <Button onClick={onClose}>{t("common:cancel")}</Button>
          <Button kind="primary" type="submit" disabled={make.isPending || name.trim() === ""}>
            {t("newKey.submit")}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

function endOf(life: Exclude<Life, "forever">): string {
  return new Date(Date.now() + Number(life) * DAY_MS).toISOString();
}
