import { useTranslation } from "react-i18next";

import type { SongActions, SongLine } from "@/lib/songRow";

import { PointMenu } from "./PointMenu";
import { SelectionMenuItems, type SelectionMenuItemsProps } from "./SelectionMenuItems";
import { SongMenuItems } from "./SongMenuItems";

interface SongsContextProps {
  song: SongLine;
  point: { x: number; y: number };
  actions: SongActions;
  /** What can be done with the selection; null if the song is not a part of one of several. */
  several: SelectionMenuItemsProps | null;
  select: { selected: boolean; toggle: () => void };
  onPlay: () => void;
  onClose: () => void;
}

/** The menu at a point of the table: of one song, or of the selection it belongs to. */
export function SongsContext({ song, point, actions, several, select, onPlay, onClose }: SongsContextProps) {
  const { t } = useTranslation(["rows", "common"]);
  const label =
    several === null
      ? t("common:moreFor", { name: song.title })
      : t("selection.count", { count: several.count });
  return (
    <PointMenu key={`${point.x} ${point.y}`} point={point} label={label} onClose={onClose}>
      {several === null ? (
        <SongMenuItems song={song} actions={actions} select={select} onPlay={onPlay} />
      ) : (
        <SelectionMenuItems {...several} />
      )}
    </PointMenu>
  );
}
