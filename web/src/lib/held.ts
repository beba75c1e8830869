import { Emitter, type Unsubscribe } from "./emitter";

/** One value that anything may read, change and follow. */
export class Held<Value> {
  private readonly events = new Emitter<{ changed: undefined }>();

  constructor(private value: Value) {}

  /** These three need no `this`: they are handed on as they are. */
  readonly read = (): Value => this.value;

  readonly subscribe = (listener: () => void): Unsubscribe => this.events.on("changed", listener);

  readonly become = (value: Value): void => {
    this.value = value;
    this.events.emit("changed", undefined);
  };
}
