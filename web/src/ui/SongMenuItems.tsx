import { useTranslation } from "react-i18next";

import type { SongActions, SongLine } from "@/lib/songRow";

import { GoToItems } from "./GoToItems";
import { ListenItems } from "./ListenItems";
import { MenuItem, MenuLine } from "./MenuParts";

interface SongMenuItemsProps {
  song: SongLine;
  actions: SongActions;
  /** Offers to take the song into a selection, or out of it. */
  select?: { selected: boolean; toggle: () => void } | undefined;
  /** Plays the list from this song; left out where a button beside the menu does. */
  onPlay?: (() => void) | undefined;
}

/** What can be done with one song, for a menu. */
export function SongMenuItems({ song, actions, select, onPlay }: SongMenuItemsProps) {
  const { t } = useTranslation("rows");
  const missing = song.missing === true;
  return (
    <>
      {onPlay !== undefined && (
        <MenuItem icon="play" onSelect={onPlay} disabled={missing}>
          {t("selection.play")}
        </MenuItem>
      )}
      <ListenItems
        liked={song.liked}
        rating={song.rating}
        silent={missing}
        onPlayNext={actions.playNext}
        onQueue={actions.append}
        onAddToPlaylist={actions.addToPlaylist}
        onLike={actions.toggleLike}
        onRate={actions.rate}
      />
      {select !== undefined && (
        <MenuItem icon="check" onSelect={select.toggle}>
          {t(select.selected ? "unselect" : "select")}
        </MenuItem>
      )}
      <MenuLine />
      <GoToItems albumId={song.albumId} artists={song.artists} />
      <MenuItem icon="info" onSelect={actions.showDetails}>
        {t("details")}
      </MenuItem>
      {(actions.edit !== undefined || actions.remove !== undefined) && <MenuLine />}
      {actions.edit !== undefined && (
        <MenuItem icon="edit" onSelect={actions.edit}>
          {t("edit")}
        </MenuItem>
      )}
      {actions.remove !== undefined && (
        <MenuItem icon="trash" danger onSelect={actions.remove}>
          {t("remove")}
        </MenuItem>
      )}
    </>
  );
}
