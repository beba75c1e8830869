import { useQuery } from "@tanstack/react-query";
import { useLocation } from "@tanstack/react-router";
import type { TFunction } from "i18next";

import { ApiError } from "@/api/error";
import { inviteCheckQuery } from "@/api/invites";

/**
 * The invitation in the address behind the #, where neither servers nor their logs see it, and what the server says
 * of it.
 */
export function useInvite() {
  const invite = useLocation({ select: ({ hash }) => new URLSearchParams(hash).get("invite") ?? "" });
  const check = useQuery({ ...inviteCheckQuery(invite), enabled: invite !== "" });
  return { invite, good: check.data, error: check.error, checking: check.isLoading };
}

/** Why an invitation does not work; undefined for any other failure. */
export function inviteFault(t: TFunction<["auth", "common"]>, error: Error | null): string | undefined {
  const code = error instanceof ApiError ? error.code : "";
  const why = (["invalid", "expired", "used"] as const).find((known) => code === `invite_${known}`);
  return why === undefined ? undefined : t(`signUp.inviteBad.${why}`);
}
