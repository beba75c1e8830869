import type { ReactNode } from "react";

import type { GlyphName } from "@/ui/glyphs";
import { Icon } from "@/ui/Icon";

import styles from "./Notice.module.css";

interface NoticeProps {
  icon: GlyphName;
  title: string;
  /** The language of the title, where it is another one than the page's. */
  lang?: string | undefined;
  text: string;
  actions: ReactNode;
}

/** Something about all uploads that one should know, and what one can do. */
export function Notice({ icon, title, lang, text, actions }: NoticeProps) {
  return (
    <section className={styles["notice"]} role="status">
      <Icon name={icon} />
      <div className={styles["text"]}>
        <p className={styles["title"]} lang={lang}>
          {title}
        </p>
        <p className="ink2">{text}</p>
      </div>
      <div className={styles["actions"]}>{actions}</div>
    </section>
  );
}
