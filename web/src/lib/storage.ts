/** What is remembered on this device. A browser that refuses storage simply forgets. */
export interface Storage {
  read(key: string): string | null;
  write(key: string, value: string | null): void;
}

const PREFIX = "hathor.";

/** The browser's local storage under the client's own prefix. */
export const deviceStorage: Storage = {
  read(key) {
    try {
      return localStorage.getItem(PREFIX + key);
    } catch {
      return null;
    }
  },
  write(key, value) {
    try {
      if (value === null) localStorage.removeItem(PREFIX + key);
      else localStorage.setItem(PREFIX + key, value);
    } catch {
      // Refused or full: the choice lasts as long as the page.
    }
  },
};
