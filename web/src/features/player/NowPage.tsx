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

import { NowFoot, type NowTab } from "./NowFoot";
import { NowHead } from "./NowHead";
import { NowLyrics } from "./NowLyrics";
import styles from "./NowPage.module.css";
import { NowSong } from "./NowSong";
import { NowTransport } from "./NowTransport";
import { NowWave } from "./NowWave";
import { useLeaveKey } from "./useLeave";
import { VibePanel } from "./VibePanel";

/** Where the vibe stands beside the words rather than in their place. */
const WIDE = "(min-width: 1240px)";

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
  const wide = useMediaQuery(WIDE);
  const [tab, setTab] = useState<NowTab | null>(null);
  const [bending, setBending] = useState(wide);
  useLeaveKey();
  const vibe = phone ? tab === "vibe" : bending;
  const lyrics = phone ? tab === "lyrics" : wide || !bending;
  return (
    <div
      className={classes(
        "stage",
        styles["page"],
        phone && tab !== null && styles["reading"],
        wide && bending && styles["bending"],
      )}
      style={{ "--sleeve-h": track.coverHue } as CSSProperties}
    >
      <NowHead track={track} phone={phone} bending={bending} onBend={setBending} />
      <div className={styles["body"]}>
        <NowSong track={track} />
        {lyrics && <NowLyrics key={track.id} songId={track.id} />}
        {vibe && <VibePanel />}
      </div>
      <NowWave songId={track.id} />
      <NowTransport phone={phone} />
      {phone && <NowFoot tab={tab} onTab={setTab} />}
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
