import { useState } from "react";
import { useTranslation } from "react-i18next";

import { classes } from "@/lib/classes";
import { Field } from "@/ui/Field";

import styles from "./AuthFrame.module.css";

interface CodeStepProps {
  value: string;
  onChange: (code: string) => void;
  /** A whole code came at once, from the clipboard or the browser. */
  onWhole: (code: string) => void;
  wrong: boolean;
}

/** The second step of signing in: a code of the app, or a recovery code where the phone is not at hand. */
export function CodeStep({ value, onChange, onWhole, wrong }: CodeStepProps) {
  const { t } = useTranslation("auth");
  const [recovery, setRecovery] = useState(false);
  const change = (next: string) => {
    onChange(next);
    const filled = next.length > value.length + 1;
    if (filled && /^\d{6}$/.test(next.replace(/\s/g, ""))) onWhole(next);
  };
  const look = recovery
    ? { label: t("signIn.recovery"), hint: t("signIn.recoveryHint"), inputMode: "text" as const }
    : { label: t("signIn.totp"), hint: t("signIn.totpHint"), inputMode: "numeric" as const };
  return (
    <>
      <Field
        key={recovery ? "recovery" : "totp"}
        {...look}
        name="totp"
        autoComplete={recovery ? "off" : "one-time-code"}
        autoCapitalize="none"
        spellCheck={false}
        dir="ltr"
        autoFocus
        value={value}
        fault={wrong ? t("signIn.totpWrong") : undefined}
        onChange={(event) => change(event.target.value)}
      />
      <button
        type="button"
        className={classes("link", styles["other"])}
        onClick={() => {
          onChange("");
          setRecovery(!recovery);
        }}
      >
        {recovery ? t("signIn.useApp") : t("signIn.useRecovery")}
      </button>
    </>
  );
}
