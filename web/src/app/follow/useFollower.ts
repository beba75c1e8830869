import { useEffect } from "react";

import { usePlayerCommands } from "@/hooks/PlayerContext";

import { useOutput } from "../OutputContext";
import { followHere } from "./followHere";

/** Follows one's playback for as long as somebody is signed in. */
export function useFollower(): void {
  const player = usePlayerCommands();
  const output = useOutput();
  useEffect(() => followHere(player, output), [player, output]);
}
