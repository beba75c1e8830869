import type { TFunction } from "i18next";

import { ApiError, UNREACHABLE } from "@/api/error";

/** What is wrong with the form as a whole; faults of single fields stand at the fields. */
export function authFault(
  t: TFunction<["auth", "common"]>,
  error: Error | null,
  refusals: Record<number, string>,
) {
  if (error === null) return undefined;
  if (!(error instanceof ApiError)) return t("failed", { reason: error.message });
  if (error.code === UNREACHABLE) return t("common:error.unreachable");
  if (error.details.length > 0 || error.code.startsWith("totp_")) return undefined;
  if (error.status === 429) return t("tooMany");
  return refusals[error.status] ?? t("failed", { reason: error.message });
}
