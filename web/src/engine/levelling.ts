/** What the server says of a song's loudness: dB to the common one, and the loudest sample with full scale at 1. */
export interface TrackGain {
  readonly track: number;
  /** Null where it has no album, or one that is not known whole. */
  readonly album: number | null;
  readonly trackPeak: number | null;
  readonly albumPeak: number | null;
}

/** dB to play a song by. It is never made so loud that its peak would be cut off; a peak nobody knows counts as full. */
export function levelBy(gain: TrackGain, by: "song" | "album"): number {
  const album = by === "album" && gain.album !== null;
  const wanted = album ? (gain.album ?? 0) : gain.track;
  const peak = (album ? gain.albumPeak : gain.trackPeak) ?? 1;
  return peak <= 0 ? wanted : Math.min(wanted, -20 * Math.log10(peak));
}
