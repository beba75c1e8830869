import { useQuery } from "@tanstack/react-query";
import { useRef, useState } from "react";
import { useTranslation } from "react-i18next";

import { songLettersQuery } from "@/api/letters";
import type { SongFilter } from "@/api/songs";
import type { Song } from "@/api/types";
import { useScroller } from "@/hooks/ScrollerContext";
import { PHONE, useMediaQuery } from "@/hooks/useMediaQuery";
import { useNowPlaying } from "@/hooks/useNowPlaying";
import type { PagedList } from "@/hooks/usePagedList";
import { usePlayFrom } from "@/hooks/usePlayFrom";
import { useSongActions } from "@/hooks/useSongActions";
import type { useSongSelection } from "@/hooks/useSongSelection";
import { omit } from "@/lib/omit";
import { ColumnMenu } from "@/ui/ColumnMenu";
import { Lettered } from "@/ui/Lettered";
import { SongGrid } from "@/ui/SongGrid";
import { SongsContext } from "@/ui/SongsContext";
import type { ListHandle } from "@/ui/useVirtualRows";

import type { SongOrder } from "./songSearch";
import { readSort, writeSort } from "./sortText";
import { useColumns } from "./useColumns";

interface SongsTableProps {
  filter: SongFilter & { sort: SongOrder };
  list: PagedList<Song>;
  choice: ReturnType<typeof useSongSelection>;
  onSort: (sort: SongOrder) => void;
}

/** Rows that wait before the count is known. */
const WAITING_ROWS = 40;
/** Sorted by one of these, a list has letters. */
const NAMES = ["title", "-title", "artist", "-artist", "album", "-album"] as const;

/** The songs with the letters beside them, and the menu of a row over them. */
export function SongsTable({ filter, list, choice, onSort }: SongsTableProps) {
  const { t } = useTranslation("songs");
  const scroller = useScroller();
  const phone = useMediaQuery(PHONE);
  const now = useNowPlaying();
  const playFrom = usePlayFrom();
  const actionsFor = useSongActions();
  const handle = useRef<ListHandle>(null);
  const [columns, setColumns] = useColumns();
  const [first, setFirst] = useState(0);
  const [context, setContext] = useState<{ index: number; point: { x: number; y: number } } | null>(null);
  const sort = readSort(filter.sort);
  const name = NAMES.find((known) => known === filter.sort);
  const { data } = useQuery({
    ...songLettersQuery(omit(filter, "sort"), name ?? "title"),
    enabled: name !== undefined && !phone,
  });
  const { selection, bar, marks, onLetter } = choice;

  const play = (index: number) => {
    const { items, first: start } = list.around(index);
    playFrom(items, index - start);
  };
  const meant = context === null ? undefined : list.at(context.index);
  const several = bar !== null && bar.count > 1 && meant !== undefined && selection.ids.has(meant.id);
  return (
    <>
      <Lettered
        letters={name === undefined ? undefined : (data?.letters ?? [])}
        total={list.total ?? 0}
        first={first}
        scroller={scroller}
        onJump={(offset) => handle.current?.showFirst(offset)}
      >
        <SongGrid
          label={t("title")}
          count={list.total ?? WAITING_ROWS}
          songAt={list.at}
          onRange={list.onRange}
          onFirst={setFirst}
          scroller={scroller}
          phone={phone}
          columns={columns}
          headMenu={<ColumnMenu chosen={columns} onChoose={setColumns} />}
          sort={sort}
          onSort={(next) => onSort(writeSort(next))}
          now={now}
          selection={selection}
          onPlay={play}
          actionsFor={actionsFor}
          onLetter={onLetter}
          onContext={(index, point) => setContext({ index, point })}
          handle={handle}
        />
      </Lettered>
      {context !== null && meant !== undefined && (
        <SongsContext
          song={meant}
          point={context.point}
          actions={actionsFor(meant)}
          several={several ? { ...bar, ...marks } : null}
          select={{ selected: selection.ids.has(meant.id), toggle: () => selection.toggle(context.index) }}
          onPlay={() => play(context.index)}
          onClose={() => setContext(null)}
        />
      )}
    </>
  );
}
