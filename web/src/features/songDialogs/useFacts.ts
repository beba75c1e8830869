import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";

import { librariesQuery } from "@/api/libraries";
import type { Song, SongDetails, SongSound } from "@/api/types";
import { formatBytes, formatDate, formatDecimal, formatNumber, formatTime } from "@/lib/format";

type Known<Name extends string> = [Name, string][];

/** What is known of a song in words, part by part. */
export function useFacts(song: Song, details: SongDetails, sound: SongSound | undefined) {
  const { t, i18n } = useTranslation("songDialogs");
  const { data: libraries } = useQuery(librariesQuery);
  const language = i18n.language;
  const number = (value: number) => formatNumber(value, language);
  const decibels = (value: number | null | undefined, unit = "dB") =>
    value === null || value === undefined ? "" : `${formatDecimal(value, 2, language)} ${unit}`;
  const of = (place: number | null, total: number | null) => {
    if (place === null) return "";
    return total === null ? String(place) : t("details.of", { place, total });
  };
  const { replayGain: gain } = details;
  const tags = known([
    ["album", song.album],
    ["genre", song.genres.join(", ")],
    ["year", details.date ?? (song.year === null ? "" : String(song.year))],
    ["originalDate", details.originalDate ?? ""],
    ["track", of(song.track, details.trackTotal)],
    ["disc", of(song.disc, details.discTotal)],
    ["titleSort", details.titleSort ?? ""],
    ["recording", details.recordingMbid ?? ""],
  ]);
  const file = known([
    ["length", formatTime(song.duration)],
    ["format", song.format.toUpperCase()],
    ["bitRate", song.bitRate > 0 ? `${number(song.bitRate)} kbit/s` : ""],
    ["sampleRate", `${number(song.sampleRate)} Hz`],
    ["bitDepth", song.bitDepth === null ? "" : String(song.bitDepth)],
    ["channels", String(song.channels)],
    ["size", formatBytes(song.size, language)],
    ["library", libraries?.find(({ id }) => id === song.libraryId)?.name ?? ""],
    ["added", formatDate(song.createdAt, language)],
  ]);
  const peak = gain?.trackPeak;
  const measured = known([
    ["trackGain", decibels(gain?.trackGain ?? sound?.gain?.track)],
    ["albumGain", decibels(gain?.albumGain ?? sound?.gain?.album)],
    ["trackPeak", peak === null || peak === undefined ? "" : formatDecimal(peak, 3, language)],
    ["loudness", decibels(sound?.loudness, "LUFS")],
    ["truePeak", decibels(sound?.truePeak, "dBTP")],
  ]);
  const heard = known([
    ["plays", number(song.plays)],
    ["lastPlayed", song.lastPlayed === null ? "" : formatDate(song.lastPlayed, language)],
  ]);
  const parts = [
    { part: "tags" as const, facts: tags },
    { part: "file" as const, facts: file },
    { part: "sound" as const, facts: measured },
    { part: "heard" as const, facts: heard },
  ];
  return parts.filter(({ part, facts }) => facts.length > 0 || part === "sound");
}

function known<Name extends string>(facts: Known<Name>): Known<Name> {
  return facts.filter(([, text]) => text !== "");
}
