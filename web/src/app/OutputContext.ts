import { createContext, use } from "react";

import type { Output } from "./follow/follower";

/** A page without other devices: the music is always here. */
export const soundsHere: Output = {
  sounds: () => true,
  setSounding: () => undefined,
  setSilent: () => undefined,
  onWentOn: () => () => undefined,
  onSwitched: () => () => undefined,
};

export const OutputContext = createContext<Output>(soundsHere);

/** What decides whether the music sounds here. */
export function useOutput(): Output {
  return use(OutputContext);
}
