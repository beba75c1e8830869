import { useState } from "react";

import type { Song } from "@/api/types";

import { changesOf, type ListName, type TagForm, type TextName, toForm } from "./tagForm";

/** The form over some songs, and how its fields change. */
export function useTagForm(songs: readonly Song[]) {
  const [form, setForm] = useState<TagForm>(() => toForm(songs));
  const touched = <Value>(value: Value) => ({ value, several: false, touched: true });
  return {
    form,
    changes: changesOf(form),
    setText: (name: TextName, value: string) =>
      setForm((known) => ({ ...known, texts: { ...known.texts, [name]: touched(value) } })),
    setList: (name: ListName, value: readonly string[]) =>
      setForm((known) => ({ ...known, lists: { ...known.lists, [name]: touched(value) } })),
    setCompilation: (value: boolean) => setForm((known) => ({ ...known, compilation: touched(value) })),
  };
}
