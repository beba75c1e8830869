import { Link } from "@tanstack/react-router";
import type { CSSProperties } from "react";
import { useTranslation } from "react-i18next";

import type { Song } from "@/api/types";
import { usePlayerCommands } from "@/hooks/PlayerContext";
import { useNowPlaying } from "@/hooks/useNowPlaying";
import { classes } from "@/lib/classes";
import { formatMoment, formatTime } from "@/lib/format";
import { Button } from "@/ui/Button";
import { Cover } from "@/ui/Cover";
import { Icon } from "@/ui/Icon";
import { Title } from "@/ui/Title";

import styles from "./Resume.module.css";
import type { Resume } from "./resume";
import { ResumeRule } from "./ResumeRule";
import { ResumeWaiting } from "./ResumeWaiting";
import { useContinue } from "./useContinue";
import { useResume } from "./useResume";

const COVER = 264;

/** Where one stopped, with the button to go on; nothing where nothing was played. */
export function ResumePanel({ primary }: { primary: boolean }) {
  const resume = useResume();
  if (resume === null) return null;
  if (resume === undefined) return <ResumeWaiting />;
  return <KnownResume resume={resume} primary={primary} />;
}

function KnownResume({ resume, primary }: { resume: Resume; primary: boolean }) {
  const { t } = useTranslation(["home", "player"]);
  const player = usePlayerCommands();
  const goOn = useContinue();
  const now = useNowPlaying();
  const { song, position } = resume;
  const current = now?.id === song.id ? now : null;
  return (
    <section
      className={classes("stage", styles["panel"])}
      style={{ "--sleeve-h": song.coverHue } as CSSProperties}
      aria-label={t("resume.label")}
    >
      <div className={styles["cover"]}>
        <Cover
          url={song.coverUrl}
          title={song.album || song.title}
          hue={song.coverHue}
          size={COVER}
          fluid
          eager
        />
      </div>
      <div className={styles["body"]}>
        <div className={styles["words"]}>
          <ResumeSource resume={resume} current={current !== null} />
          <h2 className={classes(styles["title"], song.title.length > LONG_TITLE && styles["long"])}>
            <SongLink song={song} />
          </h2>
          <p className={classes("cut", styles["by"])}>
            <b>
              <Title>{song.artist}</Title>
            </b>
            {current === null && position > 0 && (
              <span className="ink2">{t("resume.left", { time: formatTime(song.duration - position) })}</span>
            )}
          </p>
        </div>
        <ResumeRule duration={song.duration} position={position} now={current} />
        <div className={styles["actions"]}>
          <Button
            kind={primary ? "primary" : "plain"}
            icon={current?.playing === true ? "pause" : "play"}
            onClick={() => (current === null ? void goOn(resume) : player.toggle())}
          >
            {t(current?.playing === true ? "player:pause" : "resume.continue")}
          </Button>
        </div>
      </div>
    </section>
  );
}

const LONG_TITLE = 36;

function ResumeSource({ resume: { at, kept }, current }: { resume: Resume; current: boolean }) {
  const { t, i18n } = useTranslation("home");
  const when = at === null ? "" : formatMoment(at, i18n.language);
  const text = kept ? t("resume.stopped", { when }) : t("resume.heard", { when });
  return (
    <p className={styles["source"]}>
      <Icon name="clock" size={16} />
      <span className="cut">{current || at === null ? t("resume.now") : text}</span>
    </p>
  );
}

function SongLink({ song }: { song: Song }) {
  if (song.albumId === null) return <Title>{song.title}</Title>;
  return (
    <Link to={`/albums/${song.albumId}` as string}>
      <Title>{song.title}</Title>
    </Link>
  );
}
