import { useState } from "react";
import { useTranslation } from "react-i18next";

import { Segment } from "@/ui/Segment";

import styles from "./CertificatePage.module.css";
import { DEVICES, guessDevice } from "./device";
import { Step } from "./Step";

/** How the file is installed on the device that asks, or on another one. */
export function InstallStep() {
  const { t } = useTranslation("certificate");
  const [device, setDevice] = useState(() => guessDevice(navigator.userAgent));
  return (
    <Step number={2} title={t("install")}>
      <div className={styles["choice"]}>
        <Segment
          label={t("device")}
          value={device}
          options={DEVICES.map((value) => ({ value, label: t(`devices.${value}`) }))}
          onChange={setDevice}
        />
      </div>
      <ol className={styles["list"]}>
        <li>{t(`one.${device}`)}</li>
        <li>{t(`two.${device}`)}</li>
        <li>{t(`three.${device}`)}</li>
      </ol>
    </Step>
  );
}
