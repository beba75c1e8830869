import type { SongUpload } from "@/hooks/uploads";

type Kind = SongUpload["state"]["kind"];

/** In the order in which they are listed together: what moves, what needs a decision, what waits, what has an end. */
const groups = {
  moving: ["reading", "sending"],
  refused: ["refused"],
  waiting: ["paused", "waiting"],
  here: ["done", "duplicate"],
  left: ["cancelled", "skipped"],
} satisfies Record<string, Kind[]>;

export const choices = ["all", "waiting", "done", "duplicate", "refused"] as const;

export type Choice = (typeof choices)[number];

const kinds: Record<Choice, readonly Kind[]> = {
  all: Object.values(groups).flat(),
  waiting: [...groups.moving, ...groups.waiting],
  done: ["done"],
  duplicate: ["duplicate"],
  refused: ["refused", "cancelled", "skipped"],
};

/** The uploads of a choice, in the order of the groups; what is here with the newest first. */
export function choose(list: readonly SongUpload[], choice: Choice): readonly SongUpload[] {
  const wanted = new Set(kinds[choice]);
  return Object.values(groups).flatMap((group: readonly Kind[]) => {
    const some = list.filter(({ state }) => wanted.has(state.kind) && group.includes(state.kind));
    return group === groups.here ? some.reverse() : some;
  });
}
