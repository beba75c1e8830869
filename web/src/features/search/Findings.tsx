import { useTranslation } from "react-i18next";

import type { Album, Artist, Song } from "@/api/types";
import { useNowPlaying } from "@/hooks/useNowPlaying";
import { usePlayAlbum } from "@/hooks/usePlayAlbum";
import { usePlayFrom } from "@/hooks/usePlayFrom";
import { useSongActions } from "@/hooks/useSongActions";
import { AlbumCard } from "@/ui/AlbumCard";
import { CardLine, Shelf } from "@/ui/Shelf";
import { TrackRow } from "@/ui/TrackRow";

import { ArtistFinding } from "./ArtistFinding";
import styles from "./SearchPage.module.css";

interface FindingsProps {
  found: { songs: Song[]; albums: Album[]; artists: Artist[] };
}

/** How many songs stand beside the artists before the albums. */
const FEW_ARTISTS = 6;

/** What was found: songs beside artists, then sleeves. */
export function Findings({ found: { songs, albums, artists } }: FindingsProps) {
  const { t } = useTranslation("search");
  const now = useNowPlaying();
  const playFrom = usePlayFrom();
  const playAlbum = usePlayAlbum();
  const actionsFor = useSongActions();
  const both = songs.length > 0 && artists.length > 0;
  return (
    <>
      <div className={both ? styles["sides"] : undefined}>
        {songs.length > 0 && (
          <Shelf title={t("songs")}>
            <ol>
              {songs.map((song, index) => (
                <li key={song.id} data-result="">
                  <TrackRow
                    song={song}
                    number={index + 1}
                    now={now}
                    // A song that was looked for is played alone, not with what else was found.
                    onPlay={() => playFrom([song], 0)}
                    actions={actionsFor(song)}
                    mixed
                  />
                </li>
              ))}
            </ol>
          </Shelf>
        )}
        {artists.length > 0 && (
          <Shelf title={t("artists")}>
            <ul>
              {artists.slice(0, both ? FEW_ARTISTS : undefined).map((artist) => (
                <li key={artist.id} data-result="">
                  <ArtistFinding artist={artist} />
                </li>
              ))}
            </ul>
          </Shelf>
        )}
      </div>
      {albums.length > 0 && (
        <Shelf title={t("albums")}>
          <CardLine>
            {albums.map((album) => (
              <li key={album.id} data-result="">
                <AlbumCard album={album} onPlay={(id) => void playAlbum(id)} />
              </li>
            ))}
          </CardLine>
        </Shelf>
      )}
    </>
  );
}
