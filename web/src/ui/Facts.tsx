import styles from "./Facts.module.css";

interface FactsProps {
  facts: readonly { term: string; text: string }[];
}

/** Small read-outs in a row, parted by hairlines. */
export function Facts({ facts }: FactsProps) {
  return (
    <dl className={styles["facts"]}>
      {facts.map((fact) => (
        <div key={fact.term}>
          <dt>{fact.term}</dt>
          <dd>{fact.text}</dd>
        </div>
      ))}
    </dl>
  );
}
