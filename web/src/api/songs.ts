import { answer, api } from "./client";

/** Tells the server that a song was heard enough to count. */
export async function recordListening(songId: number, seconds: number): Promise<void> {
  await answer(api.POST("/api/songs/record-listening", { body: { songId, duration: Math.round(seconds) } }));
}

/** Likes a song or takes the like back. */
export async function setSongLiked(songId: number, liked: boolean): Promise<void> {
  const params = { path: { id: songId } };
  await answer(
    liked ? api.PUT("/api/songs/{id}/like", { params }) : api.DELETE("/api/songs/{id}/like", { params }),
  );
}
