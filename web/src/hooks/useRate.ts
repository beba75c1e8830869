import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";

import { rateAlbum } from "@/api/albums";
import { rateArtist } from "@/api/artists";
import { toasts } from "@/lib/toasts";

const SEND = { album: rateAlbum, artist: rateArtist };

/** Rates an album or an artist; what shows the rating is asked for anew. */
export function useRate(kind: keyof typeof SEND) {
  const { t } = useTranslation("player");
  const queries = useQueryClient();
  return useMutation({
    mutationFn: ({ id, rating }: { id: number; rating: number }) => SEND[kind](id, rating),
    onError: () => toasts.push(t("rateFailed"), "fault"),
    onSettled: () => queries.invalidateQueries({ predicate: ({ queryKey }) => queryKey[0] !== "session" }),
  });
}
