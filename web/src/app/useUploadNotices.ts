import { useQueryClient } from "@tanstack/react-query";
import { useRouter } from "@tanstack/react-router";
import { useEffect } from "react";
import { useTranslation } from "react-i18next";

import { uploads } from "@/hooks/uploads";
import { toasts } from "@/lib/toasts";
import { isOpen } from "@/lib/uploadQueue";

/** Says what came of the uploads when the last one has an end, and makes every list ask for the new songs. */
export function useUploadNotices(): void {
  const queries = useQueryClient();
  const router = useRouter();
  const { t } = useTranslation("shell");
  useEffect(
    () =>
      uploads.onSettled((list) => {
        const count = (kind: string) => list.filter(({ state }) => state.kind === kind).length;
        void queries.invalidateQueries({ predicate: ({ queryKey }) => queryKey[0] !== "session" });
        // The page itself tells it better.
        if (router.state.location.pathname === "/upload") return;
        const [added, refused] = [count("done"), count("refused")];
        if (added > 0) toasts.push(t("uploads.added", { count: added }));
        if (refused > 0) toasts.push(t("uploads.refused", { count: refused }), "fault");
      }),
    [queries, router, t],
  );
  useEffect(() => {
    const ask = (event: BeforeUnloadEvent) => {
      if (uploads.list().some(isOpen)) event.preventDefault();
    };
    window.addEventListener("beforeunload", ask);
    return () => window.removeEventListener("beforeunload", ask);
  }, []);
  // They are the uploads of whoever was signed in.
  useEffect(() => () => uploads.reset(), []);
}
