import { Emitter, type Unsubscribe } from "./emitter";

export type DeviceKind = "desktop" | "phone" | "tablet" | "web" | "speaker" | "other";

/** Something one plays on. */
export interface BoardDevice {
  readonly id: string;
  readonly name: string;
  readonly kind: DeviceKind;
  /** Whether it is connected now. */
  readonly online: boolean;
}

/** Everything that is shown of one's devices. */
export interface Board {
  /** Null until this device is known to the server. */
  readonly mine: string | null;
  /** The device the music sounds on, null for none. */
  readonly active: string | null;
  /** Whether this page only shows what sounds elsewhere. */
  readonly elsewhere: boolean;
  readonly devices: readonly BoardDevice[];
}

/** What can be done about devices. */
export interface BoardActions {
  /** Moves the music to a device, this one or another. */
  playOn(id: string): Promise<void>;
  rename(device: BoardDevice, name: string): Promise<void>;
  forget(id: string): Promise<void>;
}

const empty: Board = { mine: null, active: null, elsewhere: false, devices: [] };

/** One's devices, for whoever shows them. Whoever follows them writes it. */
export class DeviceBoard {
  private readonly events = new Emitter<{ changed: undefined }>();
  private current: Board = empty;
  private acting: BoardActions | null = null;

  snapshot(): Board {
    return this.current;
  }

  subscribe(listener: () => void): Unsubscribe {
    return this.events.on("changed", listener);
  }

  show(change: Partial<Board>): void {
    this.current = { ...this.current, ...change };
    this.events.emit("changed", undefined);
  }

  /** Null while nobody follows. */
  actions(): BoardActions | null {
    return this.acting;
  }

  /** Begins, or with null ends, to follow. */
  follow(actions: BoardActions | null): void {
    this.acting = actions;
    if (actions === null) this.current = empty;
    this.events.emit("changed", undefined);
  }
}

/** The page's own. */
export const deviceBoard = new DeviceBoard();
