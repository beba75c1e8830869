import { useQueryErrorResetBoundary } from "@tanstack/react-query";
import { type ErrorComponentProps, useRouter } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";

import { ApiError, UNREACHABLE } from "@/api/error";
import { ErrorState } from "@/ui/ErrorState";

import { NotFetched } from "./NotFetched";
import { PageNotFetched } from "./routes/page";

const RETRY_SECONDS = 10;

/** What stands in a page's place when it cannot be shown. The player goes on. */
export function PageError({ error, reset }: ErrorComponentProps) {
  const { t } = useTranslation();
  const router = useRouter();
  const queries = useQueryErrorResetBoundary();
  const retry = () => {
    queries.reset();
    reset();
    void router.invalidate();
  };
  if (error instanceof PageNotFetched) return <NotFetched />;
  if (error instanceof ApiError && error.code === UNREACHABLE) {
    return (
      <ErrorState
        icon="server"
        title={t("error.unreachable")}
        hint={t("error.unreachableHint")}
        onRetry={retry}
        retryIn={RETRY_SECONDS}
      />
    );
  }
  return <ErrorState title={t("error.page")} hint={t("error.pageHint")} onRetry={retry} />;
}
