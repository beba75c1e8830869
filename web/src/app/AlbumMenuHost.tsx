import { lazy, Suspense } from "react";

import { useAlbumMenu } from "@/hooks/albumMenu";
import { loadTexts } from "@/i18n/i18n";

const AlbumMenu = lazy(async () => {
  const [menu] = await Promise.all([
    import("./AlbumMenu").then((module) => module.AlbumMenu),
    loadTexts(["rows"]),
  ]);
  return { default: menu };
});

/** Draws the menu of a sleeve over whatever page asked for it. */
export function AlbumMenuHost() {
  if (useAlbumMenu() === null) return null;
  return (
    <Suspense>
      <AlbumMenu />
    </Suspense>
  );
}
