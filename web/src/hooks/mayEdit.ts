import type { Song, User } from "@/api/types";

/** Whether somebody may change a song: its uploader, or an admin. */
export function mayEdit(user: Pick<User, "id" | "role"> | null, song: Pick<Song, "uploadedBy">): boolean {
  return user !== null && (user.role === "admin" || user.id === song.uploadedBy);
}
