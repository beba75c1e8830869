import { useMutation } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";

import { deleteAccount, type UploadsFate } from "@/api/account";
import { sessionEvents } from "@/api/client";
import { ApiError, UNREACHABLE } from "@/api/error";
import type { User } from "@/api/types";
import { Button } from "@/ui/Button";
import { Dialog } from "@/ui/Dialog";
import { Field } from "@/ui/Field";
import { Segment } from "@/ui/Segment";

import styles from "./LeaveDialog.module.css";

interface LeaveDialogProps {
  user: User;
  onClose: () => void;
}

/** Asks before one's own account goes for good: the user name has to be typed. */
export function LeaveDialog({ user, onClose }: LeaveDialogProps) {
  const { t } = useTranslation(["profile", "common"]);
  const [uploads, setUploads] = useState<UploadsFate>("keep");
  const [typed, setTyped] = useState("");
  const leave = useMutation({
    mutationFn: deleteAccount,
    onSuccess: () => sessionEvents.emit("signedOut", undefined),
  });
  const ready = typed.trim() === user.username && !leave.isPending;
  const send = (event: FormEvent) => {
    event.preventDefault();
    if (ready) leave.mutate(uploads);
  };
  return (
    <Dialog open onClose={onClose} title={t("leave.title")}>
      <form className={styles["form"]} noValidate onSubmit={send}>
        <p className={styles["about"]}>{t("leave.about")}</p>
        <div className={styles["line"]}>
          <span>{t("leave.uploads")}</span>
          <Segment
            label={t("leave.uploads")}
            value={uploads}
            options={[
              { value: "keep", label: t("leave.keep") },
              { value: "delete", label: t("leave.delete") },
            ]}
            onChange={setUploads}
          />
        </div>
        <Field
          label={t("leave.type", { username: user.username })}
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
          value={typed}
          onChange={(event) => setTyped(event.target.value)}
        />
        <LeaveFault error={leave.error} />
        <div className={styles["actions"]}>
          <Button onClick={onClose}>{t("common:cancel")}</Button>
          <Button kind="primary" icon="trash" type="submit" disabled={!ready}>
            {t("leave.confirm")}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

function LeaveFault({ error }: { error: Error | null }) {
  const { t } = useTranslation(["profile", "common"]);
  const known = error instanceof ApiError ? error : null;
  if (error === null || known?.code === "confirm_required") return null;
  const said = known?.code === "last_admin" ? t("leave.lastAdmin") : known?.message;
  return (
    <p className={styles["fault"]} role="alert">
      {known?.code === UNREACHABLE ? t("common:error.unreachable") : said || t("common:error.generic")}
    </p>
  );
}
