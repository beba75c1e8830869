import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useId } from "react";
import { useTranslation } from "react-i18next";

import { invitesQuery, revokeInvite } from "@/api/invites";
import { toasts } from "@/lib/toasts";
import { ListFault } from "@/ui/ListFault";
import { SkeletonRows } from "@/ui/Skeleton";

import { InviteRow } from "./InviteRow";
import styles from "./members.module.css";

/** The invitations there are, newest first. */
export function Invitations() {
  const { t } = useTranslation("members");
  const heading = useId();
  const queries = useQueryClient();
  const { data, error, refetch } = useQuery(invitesQuery);
  const revoke = useMutation({
    mutationFn: revokeInvite,
    onSuccess: () => toasts.push(t("invites.revoked")),
    onError: () => toasts.push(t("invites.notRevoked"), "fault"),
    onSettled: () => queries.invalidateQueries(invitesQuery),
  });
  return (
    <section className={styles["section"]} aria-labelledby={heading}>
      <h2 id={heading}>{t("invites.title")}</h2>
      <p className={styles["about"]}>{t("invites.about")}</p>
      {error !== null && <ListFault error={error} onRetry={() => void refetch()} />}
      {data === undefined && error === null && <SkeletonRows count={2} cover={28} />}
      {data?.length === 0 && <p className={styles["none"]}>{t("invites.none")}</p>}
      <ul aria-labelledby={heading}>
        {data?.map((invite) => (
          <li key={invite.id} className={styles["invite"]}>
            <InviteRow invite={invite} busy={revoke.isPending} onRevoke={() => revoke.mutate(invite.id)} />
          </li>
        ))}
      </ul>
    </section>
  );
}
