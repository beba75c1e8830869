import { type FormEvent, type ReactNode, useId } from "react";
import { useTranslation } from "react-i18next";

import { Button } from "@/ui/Button";
import { Icon } from "@/ui/Icon";
import { Mark } from "@/ui/Mark";
import { Ruler } from "@/ui/Ruler";

import styles from "./AuthFrame.module.css";

interface AuthFrameProps {
  title: string;
  submit: string;
  busy: boolean;
  /** What is wrong with the form as a whole. */
  fault: string | undefined;
  onSubmit: () => void;
  children: ReactNode;
  /** The way to the other form. */
  footer: ReactNode;
}

/** The page around the sign-in and sign-up forms. */
export function AuthFrame({ title, submit, busy, fault, onSubmit, children, footer }: AuthFrameProps) {
  const { t } = useTranslation();
  const heading = useId();
  const send = (event: FormEvent) => {
    event.preventDefault();
    if (!busy) onSubmit();
  };
  return (
    <main className={styles["page"]}>
      <div className={styles["card"]}>
        <p className={styles["brand"]}>
          <Mark />
          {t("app")}
        </p>
        <div className={styles["rule"]} aria-hidden="true">
          <Ruler duration={180} />
          <span className={styles["head"]} />
        </div>
        <h1 id={heading}>{title}</h1>
        <form className={styles["form"]} aria-labelledby={heading} noValidate onSubmit={send}>
          {children}
          <div role="alert">
            {fault !== undefined && (
              <p className={styles["fault"]}>
                <Icon name="warning" />
                {fault}
              </p>
            )}
          </div>
          <Button kind="primary" type="submit" wide disabled={busy}>
            {submit}
          </Button>
        </form>
        <p className="ink2">{footer}</p>
      </div>
    </main>
  );
}
