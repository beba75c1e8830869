/** Stops a subscription. Calling it twice does nothing. */
export type Unsubscribe = () => void;

/** A typed list of listeners. A listener that is removed while an event runs is not called any more. */
export class Emitter<Events extends Record<string, unknown>> {
  private readonly listeners = new Map<keyof Events, Set<(value: never) => void>>();

  on<Name extends keyof Events>(name: Name, listener: (value: Events[Name]) => void): Unsubscribe {
    const known = this.listeners.get(name) ?? new Set();
    this.listeners.set(name, known);
    known.add(listener);
    return () => known.delete(listener);
  }

  emit<Name extends keyof Events>(name: Name, value: Events[Name]): void {
    const known = this.listeners.get(name) as Set<(value: Events[Name]) => void> | undefined;
    for (const listener of known ?? []) listener(value);
  }

  clear(): void {
    this.listeners.clear();
  }
}
