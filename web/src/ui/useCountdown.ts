import { useEffect, useEffectEvent, useState } from "react";

/** Counts whole seconds down and calls onZero once. Give the component a new key to start again. */
export function useCountdown(seconds: number | null, onZero: () => void): number | null {
  const [left, setLeft] = useState(seconds);
  const atZero = useEffectEvent(onZero);
  useEffect(() => {
    if (left === null) return;
    if (left <= 0) return atZero();
    const timer = setTimeout(() => setLeft(left - 1), 1000);
    return () => clearTimeout(timer);
  }, [left]);
  return left;
}
