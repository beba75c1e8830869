import { queryOptions } from "@tanstack/react-query";

import { answer, api } from "./client";
import type { InviteDraft, MadeInvite } from "./types";

/** What an invitation is good for; an error says why it is good for nothing. */
export const inviteCheckQuery = (invite: string) =>
  queryOptions({
    queryKey: ["inviteCheck", invite],
    queryFn: ({ signal }) => answer(api.POST("/api/auth/invites/check", { body: { invite }, signal })),
    retry: false,
  });

/** All invitations, newest first. */
export const invitesQuery = queryOptions({
  queryKey: ["admin", "invites"],
  queryFn: async ({ signal }) => (await answer(api.GET("/api/invites", { signal }))).invites,
});

export async function createInvite(body: InviteDraft): Promise<MadeInvite> {
  return answer(api.POST("/api/invites", { body }));
}

export async function revokeInvite(id: number): Promise<void> {
  await answer(api.DELETE("/api/invites/{id}", { params: { path: { id } } }));
}
