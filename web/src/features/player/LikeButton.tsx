import { useTranslation } from "react-i18next";

import type { Track } from "@/engine/types";
import { useLikeSong } from "@/hooks/useLikeSong";
import { toasts } from "@/lib/toasts";
import { IconButton } from "@/ui/IconButton";

export function LikeButton({ track }: { track: Track }) {
  const { t } = useTranslation("player");
  const like = useLikeSong(() => toasts.push(t("likeFailed"), "fault"));
  return (
    <IconButton
      icon={track.liked ? "heartFilled" : "heart"}
      label={t(track.liked ? "unlike" : "like", { title: track.title })}
      pressed={track.liked}
      onClick={() => like.mutate({ songId: track.id, liked: !track.liked })}
    />
  );
}
