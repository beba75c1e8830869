import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";

import { Icon } from "./Icon";
import { MenuLink } from "./MenuParts";

interface GoToItemsProps {
  albumId: number | null;
  /** The first of them is gone to. */
  artists: readonly { readonly id: number }[];
}

/** The pages a song or an album leads to, for a menu. */
export function GoToItems({ albumId, artists }: GoToItemsProps) {
  const { t } = useTranslation("rows");
  const artist = artists[0];
  return (
    <>
      {albumId !== null && (
        <MenuLink>
          <Link to={`/albums/${albumId}` as string}>
            <Icon name="albums" />
            {t("goToAlbum")}
          </Link>
        </MenuLink>
      )}
      {artist !== undefined && (
        <MenuLink>
          <Link to={`/artists/${artist.id}` as string}>
            <Icon name="artists" />
            {t("goToArtist")}
          </Link>
        </MenuLink>
      )}
    </>
  );
}
