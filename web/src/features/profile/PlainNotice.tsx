import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { deviceStorage } from "@/lib/storage";
import { IconButton } from "@/ui/IconButton";

import styles from "./PlainNotice.module.css";

const KEY = "plainNotice";

/** One line about https, where there is none and nobody has waved it away on this device. */
export function PlainNotice() {
  const { t } = useTranslation("profile");
  const [hidden, setHidden] = useState(() => window.isSecureContext || deviceStorage.read(KEY) === "hidden");
  if (hidden) return null;
  const hide = () => {
    deviceStorage.write(KEY, "hidden");
    setHidden(true);
  };
  return (
    <div className={styles["notice"]} role="note">
      <p>
        {t("plain.text")}{" "}
        <Link to="/certificate" className="link">
          {t("plain.how")}
        </Link>
      </p>
      <IconButton icon="close" label={t("plain.hide")} onClick={hide} />
    </div>
  );
}
