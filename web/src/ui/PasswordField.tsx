import { type ComponentProps, useState } from "react";
import { useTranslation } from "react-i18next";

import { Field } from "./Field";
import { IconButton } from "./IconButton";

type PasswordFieldProps = Omit<ComponentProps<typeof Field>, "type" | "button">;

/** A password that can be shown. Give it autoComplete "current-password" or "new-password". */
export function PasswordField(props: PasswordFieldProps) {
  const { t } = useTranslation();
  const [shown, setShown] = useState(false);
  const button = (
    <IconButton
      icon={shown ? "eyeOff" : "eye"}
      label={shown ? t("hidePassword") : t("showPassword")}
      onClick={() => setShown(!shown)}
    />
  );
  return <Field {...props} type={shown ? "text" : "password"} button={button} />;
}
