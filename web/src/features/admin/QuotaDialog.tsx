import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { type QuotaChange, setQuota, storageQuery } from "@/api/storage";
import type { MemberUsage } from "@/api/types";
import { Button } from "@/ui/Button";
import { Dialog } from "@/ui/Dialog";
import { Field } from "@/ui/Field";
import { Segment } from "@/ui/Segment";

import styles from "./admin.module.css";
import { DialogFault } from "./DialogFault";
import { useAmounts } from "./useAmounts";

type Kind = "default" | "own" | "unlimited";

const GIGABYTE = 1e9;

interface QuotaDialogProps {
  member: MemberUsage;
  defaultQuota: number | null;
  onClose: () => void;
}

/** How much one member may upload. */
export function QuotaDialog({ member, defaultQuota, onClose }: QuotaDialogProps) {
  const { t } = useTranslation(["admin", "common"]);
  const { bytes } = useAmounts();
  const [kind, setKind] = useState<Kind>(
    !member.ownQuota ? "default" : member.quota === null ? "unlimited" : "own",
  );
  const [size, setSize] = useState(String((member.quota ?? defaultQuota ?? 20 * GIGABYTE) / GIGABYTE));
  const queries = useQueryClient();
  const value = Number(size.replace(",", "."));
  const wrong = kind === "own" && (size.trim() === "" || !(value >= 0 && value <= 1e6));
  const change = (): QuotaChange => {
    if (kind === "unlimited") return { unlimited: true };
    return { bytes: kind === "own" ? Math.round(value * GIGABYTE) : null };
  };
  const save = useMutation({
    mutationFn: () => setQuota(member.id, change()),
    onSuccess: async () => {
      await queries.invalidateQueries(storageQuery);
      onClose();
    },
  });
  const standard = defaultQuota === null ? t("storage.noLimit") : bytes(defaultQuota);
  return (
    <Dialog open onClose={onClose} title={t("quota.of", { name: member.username })}>
      <form
        className={styles["form"]}
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          if (!wrong && !save.isPending) save.mutate();
        }}
      >
        <Segment
          label={t("quota.kind")}
          value={kind}
          onChange={setKind}
          options={(["default", "own", "unlimited"] as const).map((each) => ({
            value: each,
            label: t(`quota.${each}`),
          }))}
        />
        {kind === "default" && <p className="ink2">{t("quota.defaultHint", { quota: standard })}</p>}
        {kind === "unlimited" && <p className="ink2">{t("quota.unlimitedHint")}</p>}
        {kind === "own" && (
          <Field
            label={t("quota.size")}
            hint={t("quota.sizeHint", { used: bytes(member.used) })}
            inputMode="decimal"
            autoComplete="off"
            value={size}
            fault={wrong ? t("quota.wrong") : undefined}
            onChange={(event) => setSize(event.target.value)}
          />
        )}
        <DialogFault error={save.error} />
        <div className={styles["actions"]}>
          <Button onClick={onClose}>{t("common:cancel")}</Button>
          <Button kind="primary" type="submit" disabled={save.isPending}>
            {t("common:save")}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
