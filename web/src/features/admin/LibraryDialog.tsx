import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { ApiError } from "@/api/error";
import { createLibrary, librariesQuery, updateLibrary } from "@/api/libraries";
import type { Library } from "@/api/types";
import { Button } from "@/ui/Button";
import { Dialog } from "@/ui/Dialog";
import { Field } from "@/ui/Field";
import { Switch } from "@/ui/Switch";

import styles from "./admin.module.css";
import { DialogFault } from "./DialogFault";

interface LibraryDialogProps {
  /** The one to rename; a new one without. */
  library?: Library;
  onClose: () => void;
}

/** The name of a library, and for a new one who hears it. */
export function LibraryDialog({ library, onClose }: LibraryDialogProps) {
  const { t } = useTranslation(["admin", "common"]);
  const [name, setName] = useState(library?.name ?? "");
  const [isOpen, setOpen] = useState(false);
  const [empty, setEmpty] = useState(false);
  const queries = useQueryClient();
  const save = useMutation({
    mutationFn: () =>
      library === undefined ? createLibrary({ name, isOpen }) : updateLibrary(library.id, { name }),
    onSuccess: async () => {
      await queries.invalidateQueries(librariesQuery);
      onClose();
    },
  });
  const error = save.error instanceof ApiError ? save.error : null;
  return (
    <Dialog open onClose={onClose} title={t(library === undefined ? "libraries.make" : "libraries.rename")}>
      <form
        className={styles["form"]}
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          setEmpty(name.trim() === "");
          if (name.trim() !== "" && !save.isPending) save.mutate();
        }}
      >
        <Field
          label={t("libraries.name")}
          dir="auto"
          autoFocus
          autoComplete="off"
          maxLength={100}
          value={name}
          fault={empty ? t("libraries.nameNeeded") : error?.fault("name")}
          onChange={(event) => setName(event.target.value)}
        />
        {library === undefined && (
          <Switch
            label={t("libraries.forAll")}
            hint={t(isOpen ? "libraries.forAllHint" : "libraries.grantedHint")}
            checked={isOpen}
            onChange={setOpen}
          />
        )}
        <DialogFault error={save.error} />
        <div className={styles["actions"]}>
          <Button onClick={onClose}>{t("common:cancel")}</Button>
          <Button kind="primary" type="submit" disabled={save.isPending}>
            {t(library === undefined ? "libraries.create" : "common:save")}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
