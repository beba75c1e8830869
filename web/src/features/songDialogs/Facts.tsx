import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";

import { songSoundQuery } from "@/api/songs";
import type { Song, SongDetails } from "@/api/types";
import { Title } from "@/ui/Title";

import styles from "./DetailsDialog.module.css";
import { useFacts } from "./useFacts";

/** What is known of a song, part by part. What is not known is left out. */
export function Facts({ song, details }: { song: Song; details: SongDetails }) {
  const { t } = useTranslation("songDialogs");
  const { data: sound } = useQuery(songSoundQuery(song.id));
  const parts = useFacts(song, details, sound);
  return (
    <div className={styles["parts"]}>
      {parts.map(({ part, facts }) => (
        <section key={part} className={styles["part"]}>
          <h3>{t(`details.parts.${part}`)}</h3>
          <dl>
            {facts.map(([fact, text]) => (
              <div key={fact}>
                <dt>{t(`details.fact.${fact}`)}</dt>
                <dd>
                  <Title>{text}</Title>
                </dd>
              </div>
            ))}
          </dl>
          {part === "sound" && sound?.measured === false && (
            <p className={styles["note"]} lang={sound.problem === null ? undefined : "en"}>
              {sound.problem ?? t("details.notMeasured")}
            </p>
          )}
        </section>
      ))}
    </div>
  );
}
