import { useId, useState } from "react";
import { useTranslation } from "react-i18next";

import type { Album, Song } from "@/api/types";
import { useSongActions } from "@/hooks/useSongActions";
import { useSongSelection } from "@/hooks/useSongSelection";
import { clamp } from "@/lib/clamp";
import type { NowPlaying } from "@/lib/songRow";
import { SelectionBar } from "@/ui/SelectionBar";
import { SongsContext } from "@/ui/SongsContext";
import { TrackHead } from "@/ui/TrackHead";
import { TrackRow } from "@/ui/TrackRow";
import { type Point, useContextPress } from "@/ui/useContextPress";
import { useGridKeys } from "@/ui/useGridKeys";
import { useRowPress } from "@/ui/useRowPress";

import styles from "./AlbumPage.module.css";
import { discsOf, guestsOf, listOf } from "./albumSongs";

interface AlbumTracksProps {
  album: Album;
  songs: Song[];
  now: NowPlaying | null;
  onPlay: (index: number) => void;
}

/** How far Page Up and Page Down go. */
const PAGE = 10;

/** The songs, disc by disc. The table has the focus; its keys are those of the table of all songs. */
export function AlbumTracks({ album, songs, now, onPlay }: AlbumTracksProps) {
  const { t } = useTranslation(["albums", "rows"]);
  const id = useId();
  const actionsFor = useSongActions();
  const { selection, bar, marks, onLetter } = useSongSelection(listOf(songs));
  const [cursorAt, setCursor] = useState(0);
  const [context, setContext] = useState<{ index: number; point: Point } | null>(null);
  const cursor = clamp(cursorAt, 0, Math.max(songs.length - 1, 0));
  const discs = discsOf(songs);
  const rowId = (index: number) => `${id}-${index}`;

  const moveTo = (index: number) => {
    const to = clamp(index, 0, Math.max(songs.length - 1, 0));
    setCursor(to);
    document.getElementById(rowId(to))?.scrollIntoView({ block: "nearest" });
    return to;
  };
  const keys = useGridKeys({
    ...{ cursor, count: songs.length, perView: PAGE, moveTo, selection, onPlay, onLetter },
  });
  const press = useRowPress({ cursor, setCursor, selection, onPlay });
  const menu = useContextPress({
    focused: () => ({ index: cursor, element: document.getElementById(rowId(cursor)) }),
    onContext: (index, point) => {
      setCursor(index);
      setContext({ index, point });
    },
  });
  const toggle = (index: number, extend: boolean) => {
    setCursor(index);
    if (extend) selection.extend(index);
    else selection.toggle(index);
  };
  const note = useNote(album);
  const row = ({ song, index }: { song: Song; index: number }) => (
    // The table around it has the focus and the keys; the row answers to pointers only.
    // eslint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/interactive-supports-focus
    <div
      key={song.id}
      id={rowId(index)}
      role="row"
      data-at={index}
      data-cursor={index === cursor || undefined}
      aria-selected={selection.ids.has(song.id)}
      onClick={(event) => press(index, event)}
    >
      <div role="gridcell">
        <TrackRow
          song={song}
          number={song.track}
          now={now}
          onPlay={() => onPlay(index)}
          actions={actionsFor(song)}
          note={note(song)}
          select={{ selected: selection.ids.has(song.id), toggle: (extend) => toggle(index, extend) }}
        />
      </div>
    </div>
  );
  const meant = context === null ? undefined : songs[context.index];
  const several = bar !== null && bar.count > 1 && meant !== undefined && selection.ids.has(meant.id);
  return (
    <>
      <div
        role="grid"
        tabIndex={0}
        aria-label={t("songs")}
        aria-multiselectable="true"
        aria-activedescendant={songs.length > 0 ? rowId(cursor) : undefined}
        aria-describedby={`${id}-keys`}
        className={styles["tracks"]}
        data-selecting={bar === null ? undefined : ""}
        onKeyDown={keys}
        {...menu}
      >
        <TrackHead boxes />
        {discs.map((disc) => (
          <div key={disc.number} role="rowgroup" className={styles["discSongs"]}>
            {discs.length > 1 && <DiscHead number={disc.number} />}
            {disc.songs.map(row)}
          </div>
        ))}
        <p id={`${id}-keys`} className="sr">
          {t("rows:gridKeys")}
        </p>
      </div>
      {bar !== null && <SelectionBar {...bar} />}
      {context !== null && meant !== undefined && (
        <SongsContext
          song={meant}
          point={context.point}
          actions={actionsFor(meant)}
          several={several ? { ...bar, ...marks } : null}
          select={{ selected: selection.ids.has(meant.id), toggle: () => selection.toggle(context.index) }}
          onPlay={() => onPlay(context.index)}
          onClose={() => setContext(null)}
        />
      )}
    </>
  );
}

function DiscHead({ number }: { number: number | null }) {
  const { t } = useTranslation("albums");
  return (
    <div role="row" className={styles["disc"]}>
      <span role="rowheader">{t("disc", { number })}</span>
    </div>
  );
}

/** Who else is on a song, in words. */
function useNote(album: Album): (song: Song) => string | undefined {
  const { t } = useTranslation("rows");
  return (song) => {
    const guests = guestsOf(song, album);
    if (guests === null) return undefined;
    return guests.kind === "feat" ? t("feat", { names: guests.names }) : guests.names;
  };
}
