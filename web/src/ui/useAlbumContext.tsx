import { lazy, type ReactNode, Suspense, useState } from "react";

import type { AlbumActions, AlbumLine } from "@/lib/albumLine";

import { type Point, useContextPress } from "./useContextPress";

const AlbumContext = lazy(() =>
  import("./AlbumContext").then((module) => ({ default: module.AlbumContext })),
);

/**
 * The menu of the sleeves of a list. Spread `press` over the list, whose items carry their place in `data-at`, and
 * draw `menu` behind it. `open` is for lists that notice the press themselves.
 */
export function useAlbumContext(albumAt: (index: number) => AlbumLine | undefined, actions: AlbumActions) {
  const [asked, setAsked] = useState<{ index: number; point: Point } | null>(null);
  const open = (index: number, point: Point) => setAsked({ index, point });
  const press = useContextPress({ onContext: open });
  const album = asked === null ? undefined : albumAt(asked.index);
  const menu: ReactNode = asked !== null && album !== undefined && (
    <Suspense>
      <AlbumContext album={album} point={asked.point} actions={actions} onClose={() => setAsked(null)} />
    </Suspense>
  );
  return { press, menu, open };
}
