import { clamp } from "@/lib/clamp";
import type { Storage } from "@/lib/storage";

import type { Player } from "./player";
import type { Vibe } from "./types";

/** Nothing is bent. */
export const PLAIN: Vibe = { speed: 1, pitch: 0 };
/** Songs whose vibe is kept on a device. */
const MOST_KEPT = 500;
/** Under it stand the songs that have one, the oldest first. */
const LIST = "vibes";

/**
 * Gives each song the vibe that is kept for it, and all others the one of this visit. One for a player, made when the
 * page is up.
 */
export class SongVibes {
  private visit = PLAIN;
  private song: number | null = null;

  constructor(
    private readonly player: Player,
    private readonly storage: Storage,
  ) {
    player.subscribe(() => this.follow());
    this.follow();
  }

  /** Whether the song that plays has its own. */
  kept(): boolean {
    return this.song !== null && this.read(this.song) !== null;
  }

  /** Of the song that plays, and of the visit unless the song has its own. */
  set(vibe: Vibe): void {
    if (this.kept()) this.write(vibe);
    else this.visit = vibe;
    this.player.setVibe(vibe);
  }

  /** Keeps what is set for the song that plays, or lets the song go on without its own from its next time on. */
  keep(on: boolean): void {
    const { vibe } = this.player.snapshot();
    this.write(on ? vibe : null);
    this.visit = on ? PLAIN : vibe;
    this.player.setVibe(vibe);
  }

  private follow(): void {
    const song = this.player.snapshot().track?.id ?? null;
    if (song === this.song) return;
    this.song = song;
    const vibe = (song === null ? null : this.read(song)) ?? this.visit;
    const { speed, pitch } = this.player.snapshot().vibe;
    if (vibe.speed !== speed || vibe.pitch !== pitch) this.player.setVibe(vibe);
  }

  private read(song: number): Vibe | null {
    const [speed = NaN, pitch = NaN] = (this.storage.read(key(song)) ?? "").split(" ").map(Number);
    if (!Number.isFinite(speed) || !Number.isFinite(pitch)) return null;
    return { speed: clamp(speed, 0.5, 2), pitch: clamp(Math.round(pitch), -12, 12) };
  }

  private write(vibe: Vibe | null): void {
    const { song } = this;
    if (song === null) return;
    const others = (this.storage.read(LIST) ?? "")
      .split(" ")
      .filter((id) => id !== "" && id !== String(song));
    const kept = vibe === null ? others : [...others, String(song)];
    for (const old of kept.slice(0, -MOST_KEPT)) this.storage.write(key(Number(old)), null);
    this.storage.write(LIST, kept.length === 0 ? null : kept.slice(-MOST_KEPT).join(" "));
    this.storage.write(key(song), vibe === null ? null : `${vibe.speed} ${vibe.pitch}`);
  }
}

function key(song: number): string {
  return `vibe.${song}`;
}
