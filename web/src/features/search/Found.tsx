import { useTranslation } from "react-i18next";

import type { SearchResult } from "@/api/types";
import { albumMenu } from "@/hooks/albumMenu";
import { usePlayAlbum } from "@/hooks/usePlayAlbum";
import { AlbumCard } from "@/ui/AlbumCard";
import { CardLine, Shelf } from "@/ui/Shelf";
import { useContextPress } from "@/ui/useContextPress";

import { Corrected } from "./Corrected";
import { FoundArtists } from "./FoundArtists";
import { FoundSongs } from "./FoundSongs";
import { recentOnUse } from "./recentOnUse";
import { useRecentSearches } from "./useRecentSearches";
import styles from "./SearchPage.module.css";
import { TopHit } from "./TopHit";
import type { Hit } from "./bestHit";
import { HIT, useHitKeys } from "./useHitKeys";

interface FoundProps {
  found: SearchResult;
  words: string;
  top: Hit | null;
  onOpenTop: () => void;
}

/** The best hit first, then each list in the server's order. */
export function Found({ found, words, top, onOpenTop }: FoundProps) {
  const { t } = useTranslation("search");
  const playAlbum = usePlayAlbum();
  const { remember } = useRecentSearches();
  const keys = useHitKeys();
  const { songs, albums, artists, corrected } = found;
  const press = useContextPress({ onContext: (at, point) => albumMenu.show(albums[at], point) });
  return (
    <div {...keys} onClickCapture={recentOnUse(() => remember(words))}>
      {corrected !== undefined && <Corrected words={corrected} />}
      <div className={styles["first"]}>
        {top !== null && <TopHit hit={top} onPlay={onOpenTop} />}
        {songs.length > 0 && <FoundSongs key={words} songs={songs} />}
      </div>
      {albums.length > 0 && (
        <div className={styles["part"]}>
          <Shelf title={t("albums")}>
            <CardLine wrap press={press}>
              {albums.map((album, at) => (
                <li key={album.id} data-at={at} {...HIT}>
                  <AlbumCard album={album} onPlay={(id) => void playAlbum(id)} />
                </li>
              ))}
            </CardLine>
          </Shelf>
        </div>
      )}
      {artists.length > 0 && <FoundArtists artists={artists} />}
    </div>
  );
}
