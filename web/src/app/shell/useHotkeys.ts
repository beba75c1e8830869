import { useNavigate } from "@tanstack/react-router";
import { useEffect, useEffectEvent } from "react";

import { usePlayerCommands } from "@/hooks/PlayerContext";
import { usePreferences } from "@/hooks/usePreferences";

import { type HotkeyActions, hotkeyFor } from "./hotkeys";

interface ShellActions extends Omit<HotkeyActions, "open"> {
  openPalette: () => void;
}

/** Listens for the shortcuts while the shell is shown. */
export function useHotkeys({ openPalette, ...actions }: ShellActions): void {
  const player = usePlayerCommands();
  const navigate = useNavigate();
  const { letterKeys } = usePreferences();
  const press = useEffectEvent((event: KeyboardEvent) => {
    if (isPaletteKey(event)) {
      event.preventDefault();
      return openPalette();
    }
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

/** Ctrl-K, and Cmd-K where there is one; it works while one types, too. */
function isPaletteKey({ key, ctrlKey, metaKey, altKey, shiftKey }: KeyboardEvent): boolean {
  return key.toLowerCase() === "k" && (ctrlKey || metaKey) && !altKey && !shiftKey;
}
