import type { ReactNode } from "react";

import styles from "./EmptyState.module.css";
import { Ruler } from "./Ruler";

interface EmptyStateProps {
  title: string;
  /** One sentence. */
  lead: string;
  /** One primary action, at most one alternative. */
  actions?: ReactNode;
  facts?: readonly { term: string; text: string }[];
}

const EMPTY_SECONDS = 240;

/** A page that has nothing to show yet: an empty rule, the playhead at its start, and what to do. */
export function EmptyState({ title, lead, actions, facts }: EmptyStateProps) {
  return (
    <div className={styles["empty"]}>
      <div className={styles["rule"]} aria-hidden="true">
        <Ruler duration={EMPTY_SECONDS} labels />
        <span className={styles["head"]} />
      </div>
      <h1 className={styles["title"]}>{title}</h1>
      <p className={styles["lead"]}>{lead}</p>
      {actions !== undefined && <div className={styles["actions"]}>{actions}</div>}
      {facts !== undefined && (
        <dl className={styles["facts"]}>
          {facts.map((fact) => (
            <div key={fact.term}>
              <dt>{fact.term}</dt>
              <dd>{fact.text}</dd>
            </div>
          ))}
        </dl>
      )}
    </div>
  );
}
