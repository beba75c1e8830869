import { useTranslation } from "react-i18next";

import { useTitle } from "@/hooks/useTitle";

import { ScanCard } from "./ScanCard";

/** Reading the library folders. */
export function ScanPage() {
  const { t } = useTranslation("admin");
  useTitle(t("scan.title"));
  return <ScanCard />;
}
