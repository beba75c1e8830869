import { useEffect, useEffectEvent, useRef } from "react";

import { Button } from "@/ui/Button";

import styles from "./HistoryPage.module.css";

interface MoreWhenNearProps {
  label: string;
  onNear: () => void;
}

/** Stands at the end of a list and asks for more when it comes near the view; a press does the same. */
export function MoreWhenNear({ label, onNear }: MoreWhenNearProps) {
  const root = useRef<HTMLDivElement>(null);
  const near = useEffectEvent(onNear);
  useEffect(() => {
    if (root.current === null || !("IntersectionObserver" in window)) return;
    const observer = new IntersectionObserver(
      (entries) => entries.some(({ isIntersecting }) => isIntersecting) && near(),
      { rootMargin: "800px" },
    );
    observer.observe(root.current);
    return () => observer.disconnect();
  }, []);
  return (
    <div ref={root} className={styles["more"]}>
      <Button small onClick={onNear}>
        {label}
      </Button>
    </div>
  );
}
