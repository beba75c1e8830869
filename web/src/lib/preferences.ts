import { Emitter, type Unsubscribe } from "./emitter";
import { readQuality, type Quality } from "./quality";
import type { Storage } from "./storage";
import { applyTheme, readTheme, type Theme } from "./theme";

export interface Preferences {
  readonly theme: Theme;
  /** Keys without Ctrl or Alt that are letters (WCAG 2.1.4): off unless chosen. */
  readonly letterKeys: boolean;
  readonly quality: Quality;
}

/** What a person chose for this device. */
export class PreferenceStore {
  private readonly events = new Emitter<{ changed: undefined }>();
  private current: Preferences;

  constructor(private readonly storage: Storage) {
    this.current = {
      theme: readTheme(storage),
      letterKeys: storage.read("letterKeys") === "on",
      quality: readQuality(storage),
    };
  }

  snapshot(): Preferences {
    return this.current;
  }

  subscribe(listener: () => void): Unsubscribe {
    return this.events.on("changed", listener);
  }

  setTheme(theme: Theme): void {
    applyTheme(theme, this.storage);
    this.become({ ...this.current, theme });
  }

  setLetterKeys(on: boolean): void {
    this.storage.write("letterKeys", on ? "on" : null);
    this.become({ ...this.current, letterKeys: on });
  }

  setQuality(quality: Quality): void {
    this.storage.write("quality", quality === "original" ? null : quality);
    this.become({ ...this.current, quality });
  }

  private become(preferences: Preferences): void {
    this.current = preferences;
    this.events.emit("changed", undefined);
  }
}
