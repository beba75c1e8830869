import { useQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";

import { artistQuery } from "@/api/artists";
import { useTitle } from "@/hooks/useTitle";
import { ListFault } from "@/ui/ListFault";
import { NoneHere } from "@/ui/NoneHere";

import { ArtistHero } from "./ArtistHero";
import { ArtistWaiting } from "./ArtistWaiting";
import { Discography } from "./Discography";
import { TopSongs } from "./TopSongs";

const route = getRouteApi("/signed-in/artists/$id");

/** One artist: what one plays most of theirs, and all records by their kind. */
export function ArtistPage() {
  const { t } = useTranslation("artists");
  const id = Number(route.useParams().id);
  const { data, error, refetch } = useQuery(artistQuery(id));
  useTitle(data?.artist.name);
  if (data === undefined) {
    if (error === null) return <ArtistWaiting />;
    if ("status" in error && (error.status === 404 || error.status === 400))
      return <NoneHere title={t("gone")} hint={t("goneHint")} />;
    return <ListFault error={error} onRetry={() => void refetch()} />;
  }
  return (
    <div>
      <ArtistHero artist={data.artist} songs={data.topSongs} />
      <TopSongs songs={data.topSongs} />
      <Discography artistId={id} albums={data.albums} />
    </div>
  );
}
