import type { Unsubscribe } from "./emitter";

/** Where playback stands, for drawings that follow it frame by frame without rendering React. */
export interface PositionSource {
  /** Seconds from the start at this moment. */
  read(): number;
  /** Whether the position moves by itself right now. */
  running(): boolean;
  /** Called when running changes or the position jumps. */
  subscribe(listener: () => void): Unsubscribe;
}

/**
 * Calls draw at once, on every jump, and on every frame while the source runs.
 * The returned function stops it.
 */
export function followPosition(source: PositionSource, draw: (seconds: number) => void): Unsubscribe {
  let frame = 0;
  const step = () => {
    draw(source.read());
    frame = source.running() ? requestAnimationFrame(step) : 0;
  };
  const restart = () => {
    cancelAnimationFrame(frame);
    step();
  };
  const unsubscribe = source.subscribe(restart);
  step();
  return () => {
    cancelAnimationFrame(frame);
    unsubscribe();
  };
}
