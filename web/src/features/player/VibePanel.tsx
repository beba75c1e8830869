import { useTranslation } from "react-i18next";

import { PLAIN } from "@/engine/songVibes";
import type { Vibe } from "@/engine/types";
import { usePlayerCommands } from "@/hooks/PlayerContext";
import { useSongVibes } from "@/hooks/songVibes";
import { usePlayer } from "@/hooks/usePlayer";
import { Button } from "@/ui/Button";
import { Segment } from "@/ui/Segment";
import { Switch } from "@/ui/Switch";

import { Fader } from "./Fader";
import styles from "./Vibe.module.css";
import { VibeLimit } from "./VibeLimit";

const PRESETS = {
  slowed: { speed: 0.85, pitch: -2 },
  nightcore: { speed: 1.25, pitch: 3 },
  practice: { speed: 0.75, pitch: 0 },
  off: PLAIN,
} as const satisfies Record<string, Vibe>;

type Preset = keyof typeof PRESETS;

const NAMES = Object.keys(PRESETS) as Preset[];

/** How fast and how high the song sounds. */
export function VibePanel() {
  const { t, i18n } = useTranslation("now");
  const vibes = useSongVibes();
  const player = usePlayerCommands();
  const vibe = usePlayer((snapshot) => snapshot.vibe);
  const kept = usePlayer(() => vibes.kept());
  const canSpeed = usePlayer(() => player.about().speed);
  const canPitch = usePlayer(() => player.about().pitch);
  const preset = NAMES.find((name) => isSame(PRESETS[name], vibe)) ?? "own";
  const speed = canSpeed ? vibe.speed : 1;
  const pitch = canPitch ? vibe.pitch : 0;
  const decimals = { minimumFractionDigits: 2, maximumFractionDigits: 2 };
  const speedText = speed.toLocaleString(i18n.language, decimals);
  const semitones = { count: Math.abs(pitch) };
  const pitchText =
    pitch === 0 ? t("vibe.level") : pitch > 0 ? t("vibe.up", semitones) : t("vibe.down", semitones);
  return (
    <section className={styles["panel"]} aria-label={t("vibe.title")}>
      <div className={styles["head"]}>
        <h2 className={styles["title"]}>{t("vibe.title")}</h2>
        <Button small disabled={preset === "off"} onClick={() => vibes.set(PLAIN)}>
          {t("vibe.reset")}
        </Button>
      </div>
      <Segment<Preset | "own">
        label={t("vibe.presets")}
        value={preset}
        options={NAMES.map((value) => ({ value, label: t(`vibe.preset.${value}`) }))}
        onChange={(chosen) => chosen !== "own" && vibes.set(PRESETS[chosen])}
      />
      <Fader
        label={t("vibe.speed")}
        {...{
          min: 0.5,
          max: 2,
          step: 0.01,
          rest: 1,
          value: speed,
          valueText: t("vibe.speedText", { value: speedText }),
        }}
        shown={speedText}
        unit={t("vibe.times")}
        disabled={!canSpeed}
        onChange={(to) => vibes.set({ speed: to, pitch: vibe.pitch })}
      />
      <Fader
        label={t("vibe.pitch")}
        {...{ min: -12, max: 12, step: 1, rest: 0, value: pitch, valueText: pitchText }}
        shown={signed(pitch)}
        unit={t("vibe.semitones")}
        disabled={!canPitch}
        onChange={(to) => vibes.set({ speed: vibe.speed, pitch: to })}
      />
      {!(canSpeed && canPitch) && <VibeLimit />}
      <Switch
        label={t("vibe.keep")}
        hint={t("vibe.keepHint")}
        checked={kept}
        onChange={(on) => vibes.keep(on)}
      />
    </section>
  );
}

function isSame(one: Vibe, other: Vibe): boolean {
  return one.speed === other.speed && one.pitch === other.pitch;
}

/** With a true minus. */
function signed(pitch: number): string {
  if (pitch === 0) return "0";
  return (pitch < 0 ? "\u2212" : "+") + Math.abs(pitch);
}
