import { lazy, Suspense } from "react";

import { type SongDialog, useSongDialog } from "@/hooks/songDialogs";
import { loadTexts } from "@/i18n/i18n";

const SongDialogs = lazy(async () => {
  const [dialogs] = await Promise.all([
    import("@/features/songDialogs/SongDialogs").then((module) => module.SongDialogs),
    loadTexts(["songDialogs"]),
  ]);
  return { default: dialogs };
});

const EditorDialogs = lazy(async () => {
  const [dialogs] = await Promise.all([
    import("@/features/editor/EditorDialogs").then((module) => module.EditorDialogs),
    loadTexts(["editor"]),
  ]);
  return { default: dialogs };
});

/** What needs no editor. */
const OWN: readonly SongDialog["kind"][] = ["addToPlaylist", "details", "remove"];

/** Draws the dialogs about songs over whatever page asked for one; their code comes with the first of them. */
export function SongDialogHost() {
  const dialog = useSongDialog();
  if (dialog === null) return null;
  const own = OWN.includes(dialog.kind);
  return <Suspense>{own ? <SongDialogs /> : <EditorDialogs />}</Suspense>;
}
