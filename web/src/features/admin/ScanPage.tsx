import { useTranslation } from "react-i18next";

import { useTitle } from "@/hooks/useTitle";

import { AnalysisCard } from "./AnalysisCard";
import { ScanCard } from "./ScanCard";

/** Reading the library folders, and measuring what was found. */
export function ScanPage() {
  const { t } = useTranslation("admin");
  useTitle(t("scan.title"));
  return (
    <>
      <ScanCard />
      <AnalysisCard />
    </>
  );
}
