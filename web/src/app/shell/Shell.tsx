import { Outlet, useRouterState } from "@tanstack/react-router";
import { lazy, Suspense, useRef, useState } from "react";
import { useTranslation } from "react-i18next";

import { Deck } from "@/features/player/Deck";
import { MiniPlayer } from "@/features/player/MiniPlayer";
import { ScrollerContext } from "@/hooks/ScrollerContext";
import { PHONE, useMediaQuery } from "@/hooks/useMediaQuery";

import { loadTexts } from "@/i18n/i18n";
import { classes } from "@/lib/classes";

import { Header } from "./Header";
import { QueueDrawer } from "./QueueDrawer";
import { Rail } from "./Rail";
import styles from "./Shell.module.css";
import { Tabs } from "./Tabs";
import { useFootHeight } from "./useFootHeight";
import { useHotkeys } from "./useHotkeys";
import { useRouteFocus } from "./useRouteFocus";

const Companions = lazy(() => import("./Companions").then((module) => ({ default: module.Companions })));
const Palette = lazy(async () => {
  const [palette] = await Promise.all([
    import("@/features/palette/Palette").then((module) => module.Palette),
    loadTexts(["palette"]),
  ]);
  return { default: palette };
});
const KeysDialog = lazy(() => import("./KeysDialog").then((module) => ({ default: module.KeysDialog })));

/** A page that is the player itself, and has the window for itself. */
const isStage = ({ routeId }: { routeId: string }) => routeId === "/signed-in/now";

/** The frame of every signed-in page: rail, header, page, player. */
export function Shell() {
  const { t } = useTranslation("shell");
  const main = useRef<HTMLElement>(null);
  const foot = useRef<HTMLDivElement>(null);
  const search = useRef<HTMLInputElement>(null);
  const [queueOpen, setQueueOpen] = useState(false);
  const [keysOpen, setKeysOpen] = useState(false);
  const [paletteOpen, setPaletteOpen] = useState(false);
  const phone = useMediaQuery(PHONE);
  const stage = useRouterState({ select: ({ matches }) => matches.some(isStage) });
  const toggleQueue = () => setQueueOpen((open) => !open);
  const showKeys = () => setKeysOpen(true);

  useRouteFocus(main, () => phone && setQueueOpen(false));
  useFootHeight(foot);
  useHotkeys({
    focusSearch: () => search.current?.focus(),
    openPalette: () => setPaletteOpen(true),
    ...{ showKeys, toggleQueue },
  });

  return (
    <div className={classes(styles["shell"], stage && styles["stage"])}>
      <a className={styles["skip"]} href="#main" onClick={() => main.current?.focus()}>
        {t("skip")}
      </a>
      {!phone && !stage && (
        <div className={styles["side"]}>
          <Rail />
        </div>
      )}
      <div className={styles["center"]}>
        {!stage && <Header searchRef={search} phone={phone} onShowKeys={showKeys} />}
        <main ref={main} id="main" className={classes(styles["main"], stage && styles["bare"])} tabIndex={-1}>
          <ScrollerContext value={main}>
            <Outlet />
          </ScrollerContext>
        </main>
        {queueOpen && (
          <div className={styles["drawer"]}>
            <QueueDrawer onClose={() => setQueueOpen(false)} />
          </div>
        )}
      </div>
      <div ref={foot} className={styles["foot"]}>
        {!stage && (phone ? <MiniPlayer /> : <Deck queueOpen={queueOpen} onToggleQueue={toggleQueue} />)}
        {phone && !stage && <Tabs queueOpen={queueOpen} onToggleQueue={toggleQueue} />}
      </div>
      <Suspense>
        <Companions />
      </Suspense>
      {paletteOpen && (
        <Suspense>
          <Palette onClose={() => setPaletteOpen(false)} onShowKeys={showKeys} />
        </Suspense>
      )}
      {keysOpen && (
        <Suspense>
          <KeysDialog onClose={() => setKeysOpen(false)} />
        </Suspense>
      )}
    </div>
  );
}
