import type { Hindrance } from "./types";

/** What keeps this browser from playing sample for sample, null: nothing known before a song is tried. */
export function hindrance(page: Window & typeof globalThis): Hindrance | null {
  // Over plain http browsers take both away: what is missing then says nothing of the browser.
  if (!page.isSecureContext) return "insecure";
  if (typeof page.AudioContext === "undefined" || typeof page.AudioWorkletNode === "undefined")
    return "noWorklet";
  return typeof page.AudioDecoder === "undefined" ? "noDecoder" : null;
}

/** Whether whole tracks can be decoded and scheduled, where the ring cannot be had: plain http does not hinder that. */
export function schedules(page: Window & typeof globalThis): boolean {
  return typeof page.AudioContext !== "undefined" && typeof page.AudioBufferSourceNode !== "undefined";
}

/** What no demuxer of ours reads, though a browser's own player may. */
const ELEMENT_ONLY = ["audio/webm"];

/** As HTMLMediaElement.canPlayType, for the ring: the rest has to come converted. */
export function ringPlays(mediaType: string, element: string): string {
  return ELEMENT_ONLY.includes(mediaType) ? "" : element;
}
