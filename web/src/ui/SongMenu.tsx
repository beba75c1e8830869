import { lazy, type ReactNode, Suspense, useState } from "react";
import { useTranslation } from "react-i18next";

import type { SongActions, SongLine } from "@/lib/songRow";

import { IconButton } from "./IconButton";

export interface SongMenuProps {
  song: SongLine;
  actions: SongActions;
  /** Offers to take the song into a selection, or out of it. */
  select?: { selected: boolean; toggle: () => void };
  /** Entries of the list around it, for example to take the song out of a playlist. */
  children?: ReactNode;
  /** Out of the tab order: for rows of a grid other than the one with the cursor. */
  skipped?: boolean;
}

const load = () => import("./OpenSongMenu");
const OpenSongMenu = lazy(() => load().then((module) => ({ default: module.OpenSongMenu })));

/** The button at the end of a song's row. The menu is fetched when somebody reaches for it. */
export function SongMenu({ skipped = false, ...menu }: SongMenuProps) {
  const { t } = useTranslation();
  const [asked, setAsked] = useState(false);
  const button = (
    <IconButton
      icon="more"
      label={t("moreFor", { name: menu.song.title })}
      aria-haspopup="menu"
      tabIndex={skipped ? -1 : 0}
      onPointerEnter={() => void load()}
      onClick={() => setAsked(true)}
    />
  );
  if (!asked) return button;
  return (
    <Suspense fallback={button}>
      <OpenSongMenu {...menu} trigger={button} />
    </Suspense>
  );
}
