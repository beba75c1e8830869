import type { Emitter } from "@/lib/emitter";

import type { EngineEvents } from "../types";

import type { Report } from "./place";

/** One in so many reports of the ring is told on: four a second. */
const EVERY = 5;

/** Tells how the sound fares, less often than the ring does. */
export class Meter {
  private told = 0;
  private underruns = 0;

  constructor(private readonly events: Emitter<EngineEvents>) {}

  /** Answers whether it is time to tell of progress as well. */
  count({ underruns, ahead, state }: Report): boolean {
    if (underruns > this.underruns) this.events.emit("underrun", { underruns, ahead });
    this.underruns = underruns;
    if (state !== "playing") return false;
    this.told += 1;
    if (this.told % EVERY !== 0) return false;
    this.events.emit("report", { underruns, ahead });
    return true;
  }
}
