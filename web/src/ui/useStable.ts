import { useCallback, useEffect, useRef } from "react";

/** The same function for the whole life of a component, which does what the latest one given would: for memoised rows. */
export function useStable<Args extends unknown[]>(latest: (...args: Args) => void): (...args: Args) => void {
  const kept = useRef(latest);
  useEffect(() => {
    kept.current = latest;
  });
  return useCallback((...args: Args) => kept.current(...args), []);
}
