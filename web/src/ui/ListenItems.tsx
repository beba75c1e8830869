import { useTranslation } from "react-i18next";

import { MenuItem } from "./MenuParts";
import { RatingItems } from "./RatingItems";

interface ListenItemsProps {
  liked: boolean;
  /** Null where several have different ones. */
  rating: number | null;
  /** Nothing of it can be played now. */
  silent?: boolean;
  onPlayNext: () => void;
  onQueue: () => void;
  onAddToPlaylist: () => void;
  onLike: () => void;
  onRate: (rating: number) => void;
}

/** What a listener does with a song, with several, or with an album: the middle of every such menu. */
export function ListenItems(props: ListenItemsProps) {
  const { liked, rating, silent = false, onPlayNext, onQueue, onAddToPlaylist, onLike, onRate } = props;
  const { t } = useTranslation("rows");
  return (
    <>
      <MenuItem icon="playNext" onSelect={onPlayNext} disabled={silent}>
        {t("playNext")}
      </MenuItem>
      <MenuItem icon="queue" onSelect={onQueue} disabled={silent}>
        {t("append")}
      </MenuItem>
      <MenuItem icon="add" onSelect={onAddToPlaylist}>
        {t("addToPlaylist")}
      </MenuItem>
      <MenuItem icon={liked ? "heartFilled" : "heart"} onSelect={onLike}>
        {t(liked ? "unlike" : "like")}
      </MenuItem>
      <RatingItems rating={rating} onRate={onRate} />
    </>
  );
}
