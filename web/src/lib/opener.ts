/** What the focus shall go back to after something opened now: in a menu, which will be gone, the menu's button. */
export function findOpener(): HTMLElement | null {
  const active = document.activeElement;
  const menu = active?.closest("[role=menu]");
  const button = document.getElementById(menu?.getAttribute("aria-labelledby") ?? "");
  if (button !== null) return button;
  return active instanceof HTMLElement ? active : null;
}
