import { useTranslation } from "react-i18next";

import type { SongUpload } from "@/hooks/uploads";
import { Icon } from "@/ui/Icon";

/** Where a file is, in a word. */
export function UploadState({ state }: { state: SongUpload["state"] }) {
  const { t } = useTranslation("upload");
  if (state.kind === "sending") return t("state.sending", { percent: Math.floor(state.share * 100) });
  if (state.kind === "refused") return t("state.refused");
  return (
    <>
      {state.kind === "done" && <Icon name="check" size={16} />}
      {t(`state.${state.kind}`)}
    </>
  );
}
