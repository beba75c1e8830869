import { answer, api } from "./client";

/** What a player needs to join a song and to seek in it; null where it is not measured yet or cannot be asked. */
export async function fetchSound(songId: number) {
  const params = { path: { id: songId } };
  const [sound, index] = await Promise.all([
    answer(api.GET("/api/songs/{id}/sound", { params })).catch(() => null),
    answer(api.GET("/api/songs/{id}/seek-index", { params })).catch(() => null),
  ]);
  return {
    sound: sound?.measured === true ? sound : null,
    index: index?.measured === true ? index : null,
  };
}
