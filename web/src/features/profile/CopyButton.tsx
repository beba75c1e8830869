import { useState } from "react";
import { useTranslation } from "react-i18next";

import { copyText } from "@/lib/clipboard";
import { toasts } from "@/lib/toasts";
import { Button } from "@/ui/Button";

interface CopyButtonProps {
  text: string;
  label: string;
}

/** Puts a text on the clipboard and says so where it was pressed. */
export function CopyButton({ text, label }: CopyButtonProps) {
  const { t } = useTranslation("security");
  const [copied, setCopied] = useState(false);
  const copy = async () => {
    const done = await copyText(text);
    setCopied(done);
    if (!done) toasts.push(t("notCopied"), "fault");
  };
  return (
    <Button small {...(copied && { icon: "check" })} onClick={() => void copy()}>
      <span aria-live="polite">{copied ? t("copied") : label}</span>
    </Button>
  );
}
