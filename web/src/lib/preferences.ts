import { Emitter, type Unsubscribe } from "./emitter";
import type { Storage } from "./storage";
import { applyTheme, readTheme, type Theme } from "./theme";

export interface Preferences {
  readonly theme: Theme;
  /** Keys without Ctrl or Alt that are letters (WCAG 2.1.4): off unless chosen. */
  readonly letterKeys: boolean;
}

/** What a person chose for this device. */
export class PreferenceStore {
  private readonly events = new Emitter<{ changed: undefined }>();
  private current: Preferences;

  constructor(private readonly storage: Storage) {
    this.current = { theme: readTheme(storage), letterKeys: storage.read("letterKeys") === "on" };
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

  private become(preferences: Preferences): void {
    this.current = preferences;
    this.events.emit("changed", undefined);
  }
}
