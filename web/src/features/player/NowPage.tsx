import { Link } from "@tanstack/react-router";
import { type CSSProperties, useState } from "react";
import { useTranslation } from "react-i18next";

import type { Track } from "@/engine/types";
import { PHONE, useMediaQuery } from "@/hooks/useMediaQuery";
import { usePlayer } from "@/hooks/usePlayer";
import { useTitle } from "@/hooks/useTitle";
import { classes } from "@/lib/classes";
import { buttonClass } from "@/ui/buttonClass";
import { EmptyState } from "@/ui/EmptyState";

import { NowFoot } from "./NowFoot";
import { NowHead } from "./NowHead";
import { NowLyrics } from "./NowLyrics";
import styles from "./NowPage.module.css";
import { NowSong } from "./NowSong";
import { NowTransport } from "./NowTransport";
import { NowWave } from "./NowWave";
import { useLeaveKey } from "./useLeave";

/** What plays, at full size: a stage on the plane of its sleeve. */
export function NowPage() {
  const { t } = useTranslation("now");
  const track = usePlayer((player) => player.track);
  useTitle(track?.title ?? t("title"));
  if (track === null) return <Nothing />;
  return <Stage track={track} />;
}

function Stage({ track }: { track: Track }) {
  const phone = useMediaQuery(PHONE);
  const [reading, setReading] = useState(false);
  useLeaveKey();
  return (
    <div
      className={classes("stage", styles["page"], phone && reading && styles["reading"])}
      style={{ "--sleeve-h": track.coverHue } as CSSProperties}
    >
      <NowHead track={track} phone={phone} />
      <div className={styles["body"]}>
        <NowSong track={track} />
        {(!phone || reading) && <NowLyrics key={track.id} songId={track.id} />}
      </div>
      <NowWave songId={track.id} />
      <NowTransport phone={phone} />
      {phone && <NowFoot reading={reading} onRead={setReading} />}
    </div>
  );
}

function Nothing() {
  const { t } = useTranslation("now");
  return (
    <div className={styles["nothing"]}>
      <EmptyState
        title={t("nothing")}
        lead={t("nothingHint")}
        actions={
          <Link to={"/albums" as string} className={buttonClass({ kind: "primary" })}>
            {t("nothingGo")}
          </Link>
        }
      />
    </div>
  );
}
