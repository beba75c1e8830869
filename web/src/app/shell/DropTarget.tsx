import { useNavigate } from "@tanstack/react-router";
import { useEffect, useEffectEvent, useState } from "react";
import { useTranslation } from "react-i18next";

import { uploads } from "@/hooks/uploads";
import { carriesFiles, filesOfDrop, takeDrop } from "@/lib/fileTree";
import { Icon } from "@/ui/Icon";

import styles from "./DropTarget.module.css";

/** The whole window takes files. While some are dragged over it, it says so. */
export function DropTarget() {
  const { t } = useTranslation("shell");
  const navigate = useNavigate();
  const [over, setOver] = useState(false);

  const drag = useEffectEvent((event: DragEvent) => {
    if (!carriesFiles(event.dataTransfer)) return;
    event.preventDefault();
    if (event.dataTransfer !== null) event.dataTransfer.dropEffect = "copy";
    setOver(true);
  });
  // Leaving an element for another one inside the window has a target to go to.
  const leave = useEffectEvent((event: DragEvent) => event.relatedTarget === null && setOver(false));
  const drop = useEffectEvent(async (event: DragEvent) => {
    setOver(false);
    if (event.dataTransfer === null || !carriesFiles(event.dataTransfer)) return;
    event.preventDefault();
    const files = await filesOfDrop(takeDrop(event.dataTransfer));
    if (files.length === 0) return;
    uploads.add(files);
    await navigate({ to: "/upload" });
  });
  useEffect(() => {
    const dragged = (event: DragEvent) => drag(event);
    const left = (event: DragEvent) => leave(event);
    const dropped = (event: DragEvent) => void drop(event);
    window.addEventListener("dragover", dragged);
    window.addEventListener("dragleave", left);
    window.addEventListener("drop", dropped);
    return () => {
      window.removeEventListener("dragover", dragged);
      window.removeEventListener("dragleave", left);
      window.removeEventListener("drop", dropped);
    };
  }, []);

  if (!over) return null;
  return (
    <div className={styles["veil"]} role="status">
      <p className={styles["word"]}>
        <Icon name="upload" />
        {t("drop")}
      </p>
    </div>
  );
}
