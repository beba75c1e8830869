import { lazy, Suspense, useState } from "react";
import { useTranslation } from "react-i18next";

import type { Album, Song } from "@/api/types";
import { IconButton } from "@/ui/IconButton";

const load = () => import("./OpenAlbumMenu");
const OpenAlbumMenu = lazy(() => load().then((module) => ({ default: module.OpenAlbumMenu })));

/** The button of the album's menu, which is fetched when somebody reaches for it. */
export function AlbumMenu({ album, songs }: { album: Album; songs: Song[] }) {
  const { t } = useTranslation();
  const [asked, setAsked] = useState(false);
  const button = (
    <IconButton
      icon="more"
      label={t("moreFor", { name: album.title })}
      aria-haspopup="menu"
      onPointerEnter={() => void load()}
      onClick={() => setAsked(true)}
    />
  );
  if (!asked) return button;
  return (
    <Suspense fallback={button}>
      <OpenAlbumMenu album={album} songs={songs} trigger={button} />
    </Suspense>
  );
}
