import { useQuery } from "@tanstack/react-query";

import { lyricsQuery } from "@/api/songs";
import { SkeletonRows } from "@/ui/Skeleton";

import styles from "./DetailsDialog.module.css";
import { DialogFault } from "./DialogFault";

/** The words of a song as they stand in its file. */
export function Lyrics({ songId }: { songId: number }) {
  const { data, error } = useQuery(lyricsQuery(songId));
  if (error !== null) return <DialogFault error={error} />;
  if (data === undefined) return <SkeletonRows count={6} />;
  return (
    <p className={styles["lyrics"]} dir="auto">
      {data.plain}
    </p>
  );
}
