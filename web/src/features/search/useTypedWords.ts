import { useNavigate, useSearch } from "@tanstack/react-router";
import { useState } from "react";

import { readSearchAddress } from "./searchAddress";

/**
 * The words in the field and in the address. Typing changes both, and the address may lag behind: what it says is
 * taken over only if it is not an echo of what was typed.
 */
export function useTypedWords() {
  const navigate = useNavigate();
  const { q } = readSearchAddress(useSearch({ strict: false }));
  const [typed, setTyped] = useState(q ?? "");
  const [shownFor, setShownFor] = useState(q);
  const [sent, setSent] = useState<readonly (string | undefined)[]>([]);
  if (shownFor !== q) {
    setShownFor(q);
    const echo = sent.indexOf(q);
    if (echo === -1) setTyped(q ?? "");
    setSent(sent.slice(echo + 1));
  }

  const type = (text: string) => {
    setTyped(text);
    const words = text.trim() === "" ? undefined : text;
    if (words === q) return;
    setSent((before) => [...before, words]);
    const search = words === undefined ? {} : { q: words };
    // One visit to the page is one entry of the history, however much is typed there.
    void navigate({ to: "/search" as string, search: search as never, replace: q !== undefined });
  };
  return { typed, type };
}
