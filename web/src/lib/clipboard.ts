/**
 * Puts text on the clipboard and tells whether that worked. Browsers give the clipboard to secure pages only; on plain
 * http in one's own network the old way still works.
 */
export async function copyText(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return copySelection(text);
  }
}

function copySelection(text: string): boolean {
  const carrier = document.createElement("pre");
  carrier.textContent = text;
  document.body.append(carrier);
  const selection = window.getSelection();
  selection?.selectAllChildren(carrier);
  // Deprecated, and the only way on a page that is not secure.
  const copied = document.execCommand("copy");
  selection?.removeAllRanges();
  carrier.remove();
  return copied;
}

/** Offers text as a file. */
export function downloadText(name: string, text: string): void {
  const address = URL.createObjectURL(new Blob([text], { type: "text/plain" }));
  const link = document.createElement("a");
  link.href = address;
  link.download = name;
  link.click();
  URL.revokeObjectURL(address);
}
