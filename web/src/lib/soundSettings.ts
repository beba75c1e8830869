import { Emitter, type Unsubscribe } from "./emitter";
import type { Storage } from "./storage";

/** Songs as loud as they are, all alike, or whole albums alike so that their quiet songs stay quiet. */
export const LEVELLINGS = ["off", "song", "album"] as const;
export type Levelling = (typeof LEVELLINGS)[number];

/** Seconds that two songs may overlap by; 0 joins them. */
export const CROSSFADES = [0, 2, 4, 6, 8, 12] as const;

export interface Sound {
  readonly levelling: Levelling;
  readonly crossfade: number;
}

/** How songs sound on this device. */
export class SoundSettings {
  private readonly events = new Emitter<{ changed: undefined }>();
  private current: Sound;

  constructor(private readonly storage: Storage) {
    this.current = {
      levelling: LEVELLINGS.find((one) => one === storage.read("levelling")) ?? "off",
      crossfade: CROSSFADES.find((one) => String(one) === storage.read("crossfade")) ?? 0,
    };
  }

  snapshot(): Sound {
    return this.current;
  }

  subscribe(listener: () => void): Unsubscribe {
    return this.events.on("changed", listener);
  }

  setLevelling(levelling: Levelling): void {
    this.storage.write("levelling", levelling === "off" ? null : levelling);
    this.become({ ...this.current, levelling });
  }

  setCrossfade(crossfade: number): void {
    this.storage.write("crossfade", crossfade === 0 ? null : String(crossfade));
    this.become({ ...this.current, crossfade });
  }

  private become(sound: Sound): void {
    this.current = sound;
    this.events.emit("changed", undefined);
  }
}
