import { type AsyncRouteComponent, CatchBoundary, getRouteApi, Link } from "@tanstack/react-router";
import { lazy, Suspense } from "react";
import { useTranslation } from "react-i18next";

import { useSession } from "@/hooks/useSession";
import { buttonClass } from "@/ui/buttonClass";
import { ErrorState } from "@/ui/ErrorState";

import { NotFound } from "../NotFound";
import { PageError } from "../PageError";
import { PagePending } from "../PagePending";
import styles from "./AdminFrame.module.css";
import { AdminNav } from "./AdminNav";
import { adminPages } from "./pages";

const route = getRouteApi("/signed-in/admin/$");

// The router's components expect to be fetched before they are drawn, which it does for whole routes only.
const fetched = (Page: AsyncRouteComponent<object>) =>
  lazy(async () => {
    await Page.preload?.();
    return { default: Page };
  });

const pages = adminPages.map(({ path, Page }) => ({ path, Page: fetched(Page) }));

/** The admin's house: its navigation, and the page that is open. Who is no admin is told so, and nothing is asked. */
export function AdminFrame() {
  const { t } = useTranslation(["admin", "common"]);
  const user = useSession();
  const { _splat: path = "" } = route.useParams();
  if (user?.role !== "admin") {
    return (
      <ErrorState
        icon="lock"
        title={t("notForYou")}
        hint={t("notForYouHint")}
        action={
          <Link to="/" className={buttonClass({})}>
            {t("common:error.goHome")}
          </Link>
        }
      />
    );
  }
  const open = pages.find((page) => page.path === path);
  const Page = open?.Page ?? NotFound;
  return (
    <div className={styles["frame"]}>
      <AdminNav open={path} />
      <div className={styles["page"]}>
        <CatchBoundary getResetKey={() => path} errorComponent={PageError}>
          <Suspense key={path} fallback={<PagePending />}>
            <Page />
          </Suspense>
        </CatchBoundary>
      </div>
    </div>
  );
}
