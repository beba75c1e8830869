/** The same object without some of its fields. */
export function omit<Value extends object, Key extends keyof Value>(
  value: Value,
  ...keys: readonly Key[]
): Omit<Value, Key> {
  const kept = Object.entries(value).filter(([name]) => !keys.some((key) => key === name));
  return Object.fromEntries(kept) as Omit<Value, Key>;
}
