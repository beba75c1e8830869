import { clamp } from "@/lib/clamp";

import type { Vibe } from "../types";

import type { Graph } from "./graph";

/** Seconds in which the pace glides to a new one. */
const GLIDE = 0.01;
/** Bends below this nobody hears; the shifter stays out. */
const LEAST_SEMITONES = 0.005;

/** How fast and how high it plays: what the listener wants times what keeps it together with others. */
export class Pace {
  speed = 1;
  private nudged = 1;

  constructor(private readonly graph: Graph) {}

  /** A faster ring raises the pitch too; the shifter takes that back. */
  bend({ speed, pitch }: Vibe): void {
    this.speed = clamp(speed, 0.5, 2);
    this.apply();
    const semitones = clamp(pitch, -12, 12) - 12 * Math.log2(this.speed);
    this.graph.pitch.set(Math.abs(semitones) < LEAST_SEMITONES ? 0 : semitones);
  }

  nudge(rate: number): void {
    this.nudged = clamp(rate, 0.9, 1.1);
    this.apply();
  }

  private apply(): void {
    this.graph.ring({ kind: "rate", rate: this.speed * this.nudged, seconds: GLIDE });
  }
}
