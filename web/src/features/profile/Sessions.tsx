import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";

import { endSession, sessionsQuery } from "@/api/account";
import { toasts } from "@/lib/toasts";
import { ListFault } from "@/ui/ListFault";
import { SkeletonRows } from "@/ui/Skeleton";

import { Section } from "./Section";
import { SessionRow } from "./SessionRow";

/** Where one is signed in, this browser first. */
export function Sessions() {
  const { t } = useTranslation("profile");
  const queries = useQueryClient();
  const { data, error, refetch } = useQuery(sessionsQuery);
  const end = useMutation({
    mutationFn: endSession,
    onSuccess: () => toasts.push(t("sessions.ended")),
    onError: () => toasts.push(t("sessions.notEnded"), "fault"),
    onSettled: () => queries.invalidateQueries(sessionsQuery),
  });
  const sessions = data?.toSorted((a, b) => Number(b.current) - Number(a.current));
  return (
    <Section title={t("sessions.title")} about={t("sessions.about")} wide>
      {error !== null && <ListFault error={error} onRetry={() => void refetch()} />}
      {sessions === undefined && error === null && <SkeletonRows count={3} cover={28} />}
      <ul aria-label={t("sessions.title")}>
        {sessions?.map((session) => (
          <li key={session.id}>
            <SessionRow session={session} busy={end.isPending} onEnd={() => end.mutate(session.id)} />
          </li>
        ))}
      </ul>
    </Section>
  );
}
