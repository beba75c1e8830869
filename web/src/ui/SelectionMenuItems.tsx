import { useTranslation } from "react-i18next";

import { ListenItems } from "./ListenItems";
import { MenuItem, MenuLabel, MenuLine } from "./MenuParts";

export interface SelectionMenuItemsProps {
  count: number;
  onPlay: () => void;
  onPlayNext: () => void;
  onQueue: () => void;
  onAddToPlaylist: () => void;
  /** Whether all of them are liked. */
  liked: boolean;
  onLike: (liked: boolean) => void;
  /** Null where they differ. */
  rating: number | null;
  onRate: (rating: number) => void;
  /** Left out where the listener may not change all of them. */
  onEdit?: (() => void) | undefined;
  onClear: () => void;
}

/** What can be done with several songs at once, for a menu. */
export function SelectionMenuItems(props: SelectionMenuItemsProps) {
  const { t } = useTranslation("rows");
  const { count, onEdit } = props;
  return (
    <>
      <MenuLabel>{t("selection.count", { count })}</MenuLabel>
      <MenuItem icon="play" onSelect={props.onPlay}>
        {t("selection.play")}
      </MenuItem>
      <ListenItems {...props} onLike={() => props.onLike(!props.liked)} />
      {onEdit !== undefined && (
        <>
          <MenuLine />
          <MenuItem icon="edit" onSelect={onEdit}>
            {t("edit")}
          </MenuItem>
        </>
      )}
      <MenuLine />
      <MenuItem icon="close" onSelect={props.onClear}>
        {t("selection.clear")}
      </MenuItem>
    </>
  );
}
