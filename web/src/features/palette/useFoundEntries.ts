import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";

import { playlistsQuery } from "@/api/playlists";
import { searchQuery } from "@/api/search";
import { usePlayFrom } from "@/hooks/usePlayFrom";
import { useSettled } from "@/hooks/useSettled";
import { matches } from "@/lib/fold";

import type { Entry } from "./entry";

const MOST_OF_EACH = 5;

/** Songs, albums, artists and playlists for some words. */
export function useFoundEntries(words: string, open: (to: string) => void) {
  const { t } = useTranslation("common");
  const playFrom = usePlayFrom();
  const settled = useSettled(words);
  const asked = words === "" ? "" : settled;
  const { data, isFetching, isError } = useQuery({
    ...searchQuery(asked, MOST_OF_EACH),
    enabled: asked !== "",
    placeholderData: keepPreviousData,
  });
  const { data: lists } = useQuery(playlistsQuery);
  if (words === "") return { entries: [], busy: false, failed: false };
  const found = asked === "" ? undefined : data;
  const page = (id: string, to: string) => ({ id, to, run: () => open(to) });
  const entries: Entry[] = [
    ...(found?.songs ?? []).map((song, at, songs) => ({
      ...{ id: `song ${song.id}`, group: "songs" as const, label: song.title, second: song.artist },
      cover: { url: song.coverUrl, hue: song.coverHue },
      run: () => playFrom(songs, at),
    })),
    ...(found?.albums ?? []).map((album) => ({
      ...page(`album ${album.id}`, `/albums/${album.id}`),
      ...{ group: "albums" as const, label: album.title, second: album.artist },
      cover: { url: album.coverUrl, hue: album.coverHue },
    })),
    ...(found?.artists ?? []).map((artist) => ({
      ...page(`artist ${artist.id}`, `/artists/${artist.id}`),
      ...{ group: "artists" as const, label: artist.name },
      second: t("count.songs", { count: artist.songCount }),
      cover: { url: artist.coverUrl, hue: artist.coverHue },
    })),
    ...(lists?.playlists ?? [])
      .filter(({ name }) => matches(name, words))
      .slice(0, MOST_OF_EACH)
      .map((list) => ({
        ...page(`playlist ${list.id}`, `/playlists/${list.id}`),
        ...{ group: "playlists" as const, label: list.name, icon: "queue" as const },
        second: t("count.songs", { count: list.songCount }),
      })),
  ];
  return { entries, busy: isFetching || asked !== words, failed: isError };
}
