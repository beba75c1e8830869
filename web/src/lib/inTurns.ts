/** Runs something for every item, so many at once. A failure stops none of the others; the first is thrown when all are done. */
export async function inTurns<Item>(
  items: readonly Item[],
  atOnce: number,
  run: (item: Item) => Promise<void>,
): Promise<void> {
  const left = items.values();
  const failures: unknown[] = [];
  const work = async () => {
    for (const item of left) await run(item).catch((cause: unknown) => failures.push(cause));
  };
  await Promise.all(Array.from({ length: Math.min(atOnce, items.length) }, work));
  if (failures.length > 0) throw failures[0];
}
