import { useInfiniteQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { membersQuery } from "@/api/members";
import { useTitle } from "@/hooks/useTitle";
import { Button } from "@/ui/Button";
import { Field } from "@/ui/Field";
import { ListFault } from "@/ui/ListFault";
import { SkeletonRows } from "@/ui/Skeleton";

import { Invitations } from "./Invitations";
import { InviteDialog } from "./InviteDialog";
import { MemberDialog } from "./MemberDialog";
import { MemberRow } from "./MemberRow";
import styles from "./members.module.css";

/** Everybody with an account, and the invitations to have one. */
export function MembersPage() {
  const { t } = useTranslation("members");
  const [search, setSearch] = useState("");
  const [openId, setOpenId] = useState<number | null>(null);
  const [inviting, setInviting] = useState(false);
  const { data, error, refetch, hasNextPage, isFetchingNextPage, fetchNextPage } = useInfiniteQuery(
    membersQuery(search.trim()),
  );
  useTitle(t("title"));
  const members = data?.pages.flatMap(({ users }) => users) ?? [];
  const open = members.find(({ id }) => id === openId);
  return (
    <>
      <div className={styles["head"]}>
        <h1>{t("title")}</h1>
        <Button kind="primary" icon="add" onClick={() => setInviting(true)}>
          {t("invite")}
        </Button>
      </div>
      <div className={styles["tools"]}>
        <div className={styles["search"]}>
          <Field
            label={t("search")}
            type="search"
            value={search}
            onChange={(event) => setSearch(event.target.value)}
          />
        </div>
        {data !== undefined && (
          <p className={styles["count"]} role="status">
            {t("count", { count: data.pages[0]?.total ?? 0 })}
          </p>
        )}
      </div>
      {error !== null && <ListFault error={error} onRetry={() => void refetch()} />}
      {data === undefined && error === null && <SkeletonRows count={4} cover={36} />}
      {data !== undefined && members.length === 0 && <p className={styles["none"]}>{t("noneFound")}</p>}
      <ul className={styles["list"]} aria-label={t("title")}>
        {members.map((member) => (
          <li key={member.id}>
            <MemberRow member={member} onOpen={() => setOpenId(member.id)} />
          </li>
        ))}
      </ul>
      {hasNextPage && (
        <div className={styles["more"]}>
          <Button small disabled={isFetchingNextPage} onClick={() => void fetchNextPage()}>
            {t("more")}
          </Button>
        </div>
      )}
      <Invitations />
      {open !== undefined && <MemberDialog member={open} onClose={() => setOpenId(null)} />}
      {inviting && <InviteDialog onClose={() => setInviting(false)} />}
    </>
  );
}
