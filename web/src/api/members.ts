import { infiniteQueryOptions, keepPreviousData } from "@tanstack/react-query";

import type { UploadsFate } from "./account";
import { answer, api } from "./client";
import type { Member, MemberChange } from "./types";

const PAGE = 100;

/** The first part of every query about the household; what changes a member asks all of them anew. */
export const MEMBERS_KEY = ["admin", "members"] as const;

/** Everybody with an account, by user name. */
export const membersQuery = (search: string) =>
  infiniteQueryOptions({
    queryKey: [...MEMBERS_KEY, search],
    queryFn: ({ pageParam: cursor, signal }) => {
      const query = { limit: PAGE, ...(search !== "" && { search }), ...(cursor !== "" && { cursor }) };
      return answer(api.GET("/api/users", { params: { query }, signal }));
    },
    initialPageParam: "",
    getNextPageParam: ({ nextCursor }) => nextCursor,
    placeholderData: keepPreviousData,
  });

/** Where everybody is signed in, newest first. */
export const allSessionsQuery = infiniteQueryOptions({
  queryKey: ["admin", "sessions"],
  queryFn: ({ pageParam: cursor, signal }) => {
    const query = { limit: PAGE, ...(cursor !== "" && { cursor }) };
    return answer(api.GET("/api/sessions", { params: { query }, signal }));
  },
  initialPageParam: "",
  getNextPageParam: ({ nextCursor }) => nextCursor,
});

const place = (id: number) => ({ path: { id } });

export async function changeMember(id: number, body: MemberChange): Promise<Member> {
  return (await answer(api.PATCH("/api/users/{id}", { params: place(id), body }))).user;
}

export async function setMemberPassword(id: number, password: string): Promise<void> {
  await answer(api.PUT("/api/users/{id}/password", { params: place(id), body: { password } }));
}

/** Signs somebody out everywhere, and tells from how many places. */
export async function endMemberSessions(id: number): Promise<number> {
  return (await answer(api.DELETE("/api/users/{id}/sessions", { params: place(id) }))).ended;
}

/** Takes somebody's second factor away. */
export async function removeMemberFactor(id: number): Promise<void> {
  await answer(api.DELETE("/api/users/{id}/factor", { params: place(id) }));
}

export async function deleteMember(id: number, uploads: UploadsFate): Promise<void> {
  await answer(api.DELETE("/api/users/{id}", { params: { ...place(id), query: { uploads } } }));
}

/** Signs one client of anybody out. */
export async function endAnySession(id: number): Promise<void> {
  await answer(api.DELETE("/api/sessions/{id}", { params: place(id) }));
}
