import { useTranslation } from "react-i18next";

import type { SongUpload } from "@/hooks/uploads";
import { isOpen } from "@/lib/uploadQueue";

import { UploadGroup } from "./UploadGroup";

/** What needs a decision first, then what is on its way, then what is here. */
export function UploadList({ list }: { list: readonly SongUpload[] }) {
  const { t } = useTranslation("upload");
  const of = (...kinds: SongUpload["state"]["kind"][]) =>
    list.filter(({ state }) => kinds.includes(state.kind));
  return (
    <>
      <UploadGroup title={t("group.refused")} list={of("refused")} />
      <UploadGroup title={t("group.open")} list={list.filter(isOpen)} />
      <UploadGroup title={t("group.here")} list={of("done", "duplicate").reverse()} />
      <UploadGroup title={t("group.cancelled")} list={of("cancelled")} />
      <UploadGroup title={t("group.skipped")} list={of("skipped")} />
    </>
  );
}
