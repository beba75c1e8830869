import { Cover } from "./Cover";
import styles from "./Mosaic.module.css";

interface MosaicProps {
  /** Up to four; fewer than four show the first one alone. */
  urls: readonly string[];
  title: string;
  hue: number;
  /** Width in CSS pixels; the largest it gets if it is fluid. */
  size: number;
  fluid?: boolean;
  eager?: boolean;
}

/** The covers of a list's first songs as one square. */
export function Mosaic({ urls, title, hue, size, fluid = false, eager = false }: MosaicProps) {
  if (urls.length < 4) {
    return <Cover url={urls[0] ?? null} title={title} hue={hue} size={size} fluid={fluid} eager={eager} />;
  }
  return (
    <span className={styles["mosaic"]} style={fluid ? undefined : { width: size }}>
      {urls.slice(0, 4).map((url) => (
        <Cover key={url} url={url} title={title} hue={hue} size={size / 2} fluid eager={eager} />
      ))}
    </span>
  );
}
