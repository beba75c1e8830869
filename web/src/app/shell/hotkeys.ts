import type { Player } from "@/engine/player";

import { navigation } from "./nav";

const SEEK_SECONDS = 10;

/** What the shell can do for a key beside the player. */
export interface HotkeyActions {
  focusSearch: () => void;
  showKeys: () => void;
  toggleQueue: () => void;
  open: (path: string) => void;
}

export interface Hotkey {
  /** As KeyboardEvent.key gives it. */
  readonly key: string;
  readonly text:
    | "playPause"
    | "back"
    | "forward"
    | "search"
    | "list"
    | "next"
    | "previous"
    | "mute"
    | "shuffle"
    | "repeat"
    | "queue"
    | "home"
    | "songs"
    | "albums"
    | "artists";
  /** Works only when single letters are switched on. */
  readonly letter: boolean;
  readonly run: (player: Player, actions: HotkeyActions) => void;
}

const pages = navigation.map((entry): Hotkey => {
  const text = entry.text.slice("nav.".length) as Hotkey["text"];
  return { key: entry.letter, text, letter: true, run: (_player, actions) => actions.open(entry.to) };
});

/** Every shortcut, in the order the list shows them. */
export const hotkeys: readonly Hotkey[] = [
  { key: " ", text: "playPause", letter: false, run: (player) => player.toggle() },
  { key: "ArrowLeft", text: "back", letter: false, run: (player) => player.seekBy(-SEEK_SECONDS) },
  { key: "ArrowRight", text: "forward", letter: false, run: (player) => player.seekBy(SEEK_SECONDS) },
  { key: "/", text: "search", letter: false, run: (_player, actions) => actions.focusSearch() },
  { key: "?", text: "list", letter: false, run: (_player, actions) => actions.showKeys() },
  { key: "n", text: "next", letter: true, run: (player) => player.next() },
  { key: "p", text: "previous", letter: true, run: (player) => player.previous() },
  { key: "m", text: "mute", letter: true, run: (player) => player.toggleMute() },
  { key: "x", text: "shuffle", letter: true, run: (player) => player.toggleShuffle() },
  { key: "l", text: "repeat", letter: true, run: (player) => player.cycleRepeat() },
  { key: "q", text: "queue", letter: true, run: (_player, actions) => actions.toggleQueue() },
  ...pages,
];

/** Elements that have their own use for typing, and those with their own use for Space or the arrows. */
const TYPING = "input, textarea, select, [contenteditable=true], [role=menu], [role=dialog]";
const PRESSABLE = "button, a, summary, [role=button]";
const ARROWED = "[role=slider], [role=tablist], [role=radiogroup], [role=grid]";

/** The shortcut a key press means, or null if the focused element or the settings have another use for it. */
export function hotkeyFor(event: KeyboardEvent, lettersOn: boolean): Hotkey | null {
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || event.isComposing)
    return null;
  const target = event.target instanceof Element ? event.target : null;
  if (target?.closest(TYPING)) return null;
  if (event.key === " " && target?.closest(PRESSABLE)) return null;
  if (event.key.startsWith("Arrow") && target?.closest(ARROWED)) return null;
  const found = hotkeys.find((hotkey) => hotkey.key === event.key.toLowerCase() || hotkey.key === event.key);
  if (found === undefined || (found.letter && !lettersOn)) return null;
  return found;
}
