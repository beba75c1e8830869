import { useTranslation } from "react-i18next";

import type { AlbumActions, AlbumLine } from "@/lib/albumLine";

import { GoToItems } from "./GoToItems";
import { ListenItems } from "./ListenItems";
import { MenuItem, MenuLine } from "./MenuParts";
import { PointMenu } from "./PointMenu";
import type { Point } from "./useContextPress";

interface AlbumContextProps {
  album: AlbumLine;
  point: Point;
  actions: AlbumActions;
  onClose: () => void;
}

/** What can be done with the album under the pointer. */
export function AlbumContext({ album, point, actions, onClose }: AlbumContextProps) {
  const { t } = useTranslation(["player", "common"]);
  const { id, title, liked, rating, artists } = album;
  return (
    <PointMenu
      key={`${point.x} ${point.y}`}
      point={point}
      label={t("common:moreFor", { name: title })}
      onClose={onClose}
    >
      <MenuItem icon="play" onSelect={() => actions.play(id)}>
        {t("play")}
      </MenuItem>
      <MenuItem icon="shuffle" onSelect={() => actions.shuffle(id)}>
        {t("shuffle")}
      </MenuItem>
      <ListenItems
        liked={liked}
        rating={rating}
        onPlayNext={() => actions.playNext(id)}
        onQueue={() => actions.append(id)}
        onAddToPlaylist={() => actions.addToPlaylist(id)}
        onLike={() => actions.like(id, !liked)}
        onRate={(stars) => actions.rate(id, stars)}
      />
      <MenuLine />
      <GoToItems albumId={id} artists={artists} />
    </PointMenu>
  );
}
