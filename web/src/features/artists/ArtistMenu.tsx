import { useTranslation } from "react-i18next";

import type { Artist } from "@/api/types";
import { songDialogs } from "@/hooks/songDialogs";
import { IconButton } from "@/ui/IconButton";
import { Menu } from "@/ui/Menu";
import { MenuItem } from "@/ui/MenuParts";

/** What an admin can do with an artist's name. */
export function ArtistMenu({ artist }: { artist: Artist }) {
  const { t } = useTranslation(["artists", "common"]);
  return (
    <Menu
      align="start"
      trigger={<IconButton icon="more" label={t("common:moreFor", { name: artist.name })} />}
    >
      <MenuItem icon="people" onSelect={() => songDialogs.show({ kind: "mergeArtist", artist })}>
        {t("merge")}
      </MenuItem>
      <MenuItem icon="artists" onSelect={() => songDialogs.show({ kind: "splitArtist", artist })}>
        {t("split")}
      </MenuItem>
    </Menu>
  );
}
