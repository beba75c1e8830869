import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { EXPORT_ADDRESS, previewExport } from "@/api/account";
import type { User } from "@/api/types";
import { formatBytes } from "@/lib/format";
import { toasts } from "@/lib/toasts";
import { Button } from "@/ui/Button";

import { LeaveDialog } from "./LeaveDialog";
import styles from "./ProfilePage.module.css";
import { Section } from "./Section";

/** Taking everything along, and leaving for good. */
export function YourData({ user }: { user: User }) {
  const { t, i18n } = useTranslation("profile");
  const [leaving, setLeaving] = useState(false);
  const start = useMutation({
    mutationFn: previewExport,
    onSuccess: ({ songs, bytes }) => {
      download(EXPORT_ADDRESS);
      toasts.push(t("yours.started", { count: songs, size: formatBytes(bytes, i18n.language) }));
    },
    onError: () => toasts.push(t("yours.failed"), "fault"),
  });
  return (
    <Section title={t("yours.title")} about={t("yours.about")}>
      <div className={styles["form"]}>
        <p className="ink2">{t("yours.exportHint")}</p>
        <div className={styles["actions"]}>
          <Button icon="moveDown" disabled={start.isPending} onClick={() => start.mutate()}>
            {t("yours.export")}
          </Button>
          <Button icon="trash" onClick={() => setLeaving(true)}>
            {t("yours.delete")}
          </Button>
        </div>
      </div>
      {leaving && <LeaveDialog user={user} onClose={() => setLeaving(false)} />}
    </Section>
  );
}

/** Hands an address to the browser's own downloads, which keep gigabytes out of the page. */
function download(address: string): void {
  const link = document.createElement("a");
  link.href = address;
  link.download = "";
  link.click();
}
