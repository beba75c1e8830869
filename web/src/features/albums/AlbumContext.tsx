import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";

import type { Album } from "@/api/types";
import { useAlbumActions } from "@/hooks/useAlbumActions";
import { Icon } from "@/ui/Icon";
import { MenuItem, MenuLine, MenuLink } from "@/ui/MenuParts";
import { PointMenu } from "@/ui/PointMenu";
import { RatingItems } from "@/ui/RatingItems";

interface AlbumContextProps {
  album: Album;
  point: { x: number; y: number };
  onClose: () => void;
}

/** What can be done with the album under the pointer. */
export function AlbumContext({ album, point, onClose }: AlbumContextProps) {
  const { t } = useTranslation(["rows", "player", "common"]);
  const { id, liked, rating, artists } = album;
  const actions = useAlbumActions();
  const artist = artists[0];
  return (
    <PointMenu
      key={`${point.x} ${point.y}`}
      point={point}
      label={t("common:moreFor", { name: album.title })}
      onClose={onClose}
    >
      <MenuItem icon="play" onSelect={() => actions.play(id)}>
        {t("player:play")}
      </MenuItem>
      <MenuItem icon="shuffle" onSelect={() => actions.shuffle(id)}>
        {t("player:shuffle")}
      </MenuItem>
      <MenuItem icon="playNext" onSelect={() => actions.playNext(id)}>
        {t("playNext")}
      </MenuItem>
      <MenuItem icon="queue" onSelect={() => actions.append(id)}>
        {t("append")}
      </MenuItem>
      <MenuItem icon="add" onSelect={() => actions.addToPlaylist(id)}>
        {t("addToPlaylist")}
      </MenuItem>
      <MenuItem icon={liked ? "heartFilled" : "heart"} onSelect={() => actions.like(id, !liked)}>
        {t(liked ? "unlike" : "like")}
      </MenuItem>
      <RatingItems rating={rating} onRate={(stars) => actions.rate(id, stars)} />
      <MenuLine />
      <MenuLink>
        <Link to={`/albums/${id}` as string}>
          <Icon name="albums" />
          {t("goToAlbum")}
        </Link>
      </MenuLink>
      {artist !== undefined && (
        <MenuLink>
          <Link to={`/artists/${artist.id}` as string}>
            <Icon name="artists" />
            {t("goToArtist")}
          </Link>
        </MenuLink>
      )}
    </PointMenu>
  );
}
