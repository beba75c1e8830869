import { expect, test } from "vitest";

import { hotkeyFor, hotkeys } from "./hotkeys";

/** Presses a key on an element made from HTML and says which shortcut it means. */
function press(key: string, html = "<p></p>", lettersOn = false, more: KeyboardEventInit = {}) {
  document.body.innerHTML = html;
  const target = document.body.querySelector("[data-here]") ?? document.body.firstElementChild;
  let found: string | undefined;
  const listener = (event: KeyboardEvent) => {
    found = hotkeyFor(event, lettersOn)?.text;
  };
  window.addEventListener("keydown", listener, { once: true });
  target?.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true, ...more }));
  return found;
}

test("space plays and pauses, arrows seek, anywhere on the page", () => {
  expect(press(" ")).toBe("playPause");
  expect(press("ArrowLeft")).toBe("back");
  expect(press("ArrowRight")).toBe("forward");
  expect(press("/")).toBe("search");
  expect(press("?", "<p></p>", false, { shiftKey: true })).toBe("list");
});

test.each([
  "<input>",
  "<textarea></textarea>",
  "<select></select>",
  '<div role="menu"><i data-here></i></div>',
])("%s keeps its keys", (html) => {
  expect(press(" ", html)).toBeUndefined();
  expect(press("/", html)).toBeUndefined();
  expect(press("n", html, true)).toBeUndefined();
});

test("space on a button presses the button", () => {
  expect(press(" ", "<button></button>")).toBeUndefined();
  expect(press("ArrowRight", "<button></button>")).toBe("forward");
});

test("arrows on a slider move the slider", () => {
  expect(press("ArrowRight", '<div role="slider"></div>')).toBeUndefined();
});

test("letters work only when they are switched on", () => {
  expect(press("n")).toBeUndefined();
  expect(press("n", "<p></p>", true)).toBe("next");
  expect(press("n", "<p></p>", true, { ctrlKey: true })).toBeUndefined();
});

test("no two shortcuts share a key", () => {
  expect(new Set(hotkeys.map((hotkey) => hotkey.key)).size).toBe(hotkeys.length);
});
