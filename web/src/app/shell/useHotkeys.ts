import { useNavigate } from "@tanstack/react-router";
import { useEffect, useEffectEvent } from "react";

import { usePlayerCommands } from "@/hooks/PlayerContext";
import { usePreferences } from "@/hooks/usePreferences";

import { type HotkeyActions, hotkeyFor } from "./hotkeys";

/** Listens for the shortcuts while the shell is shown. */
export function useHotkeys(actions: Omit<HotkeyActions, "open">): void {
  const player = usePlayerCommands();
  const navigate = useNavigate();
  const { letterKeys } = usePreferences();
  const press = useEffectEvent((event: KeyboardEvent) => {
    const hotkey = hotkeyFor(event, letterKeys);
    if (hotkey === null) return;
    event.preventDefault();
    hotkey.run(player, { ...actions, open: (path) => void navigate({ to: path }) });
  });
  useEffect(() => {
    const listener = (event: KeyboardEvent) => press(event);
    window.addEventListener("keydown", listener);
    return () => window.removeEventListener("keydown", listener);
  }, []);
}
