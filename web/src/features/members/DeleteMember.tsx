import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";

import type { UploadsFate } from "@/api/account";
import { deleteMember } from "@/api/members";
import type { Member } from "@/api/types";
import { toasts } from "@/lib/toasts";
import { Button } from "@/ui/Button";
import { Dialog } from "@/ui/Dialog";
import { Field } from "@/ui/Field";
import { Segment } from "@/ui/Segment";

import styles from "./dialog.module.css";
import { Fault } from "./Fault";
import { useMemberAct } from "./useMemberAct";

interface DeleteMemberProps {
  member: Member;
  onClose: () => void;
}

/** Asks before somebody's account goes for good: the user name has to be typed. */
export function DeleteMember({ member, onClose }: DeleteMemberProps) {
  const { t } = useTranslation(["members", "common"]);
  const { username, displayName: name } = member;
  const [uploads, setUploads] = useState<UploadsFate>("keep");
  const [typed, setTyped] = useState("");
  const remove = useMemberAct(
    () => deleteMember(member.id, uploads),
    () => {
      toasts.push(t("delete.done", { name }));
      onClose();
    },
  );
  const ready = typed.trim() === username && !remove.isPending;
  const send = (event: FormEvent) => {
    event.preventDefault();
    if (ready) remove.mutate(undefined);
  };
  return (
    <Dialog open onClose={onClose} title={t("delete.title", { name })}>
      <form className={styles["form"]} noValidate onSubmit={send}>
        <p className={styles["about"]}>{t("delete.about")}</p>
        <div className={styles["line"]}>
          <span>{t("delete.uploads")}</span>
          <Segment
            label={t("delete.uploads")}
            value={uploads}
            options={[
              { value: "keep", label: t("delete.keep") },
              { value: "delete", label: t("delete.delete") },
            ]}
            onChange={setUploads}
          />
        </div>
        <Field
          label={t("delete.type", { username })}
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
          value={typed}
          onChange={(event) => setTyped(event.target.value)}
        />
        <Fault error={remove.error} />
        <div className={styles["actions"]}>
          <Button onClick={onClose}>{t("common:cancel")}</Button>
          <Button kind="primary" icon="trash" type="submit" disabled={!ready}>
            {t("delete.confirm")}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
