import { useTranslation } from "react-i18next";

import { ApiError, UNREACHABLE } from "@/api/error";
import { Button } from "@/ui/Button";
import { Icon } from "@/ui/Icon";

import styles from "./ProfilePage.module.css";

interface FormEndProps {
  label: string;
  busy: boolean;
  error: Error | null;
  /** Said when it worked. */
  done: string | null;
}

/** The button of a form, and what came of pressing it. Faults of single fields stand at the fields. */
export function FormEnd({ label, busy, error, done }: FormEndProps) {
  const { t } = useTranslation();
  const known = error instanceof ApiError ? error : null;
  const atFields = (known?.details.length ?? 0) > 0;
  const text = known?.code === UNREACHABLE ? t("error.unreachable") : known?.message || t("error.generic");
  return (
    <>
      <div role="alert">{error !== null && !atFields && <p className={styles["fault"]}>{text}</p>}</div>
      <div className={styles["actions"]}>
        <Button type="submit" disabled={busy}>
          {label}
        </Button>
        <span role="status">
          {done !== null && (
            <span className={styles["good"]}>
              <Icon name="check" size={16} />
              {done}
            </span>
          )}
        </span>
      </div>
    </>
  );
}
