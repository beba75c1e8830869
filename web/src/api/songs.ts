import { answer, api } from "./client";

/** Tells the server that a song was heard enough to count. */
export async function recordListening(songId: number, seconds: number): Promise<void> {
  await answer(api.POST("/songs/record-listening", { body: { songId, duration: Math.round(seconds) } }));
}

/** Likes a song or takes the like back. */
export async function setSongLiked(songId: number, liked: boolean): Promise<void> {
  const params = { path: { id: songId } };
  await answer(liked ? api.PUT("/songs/{id}/like", { params }) : api.DELETE("/songs/{id}/like", { params }));
}
