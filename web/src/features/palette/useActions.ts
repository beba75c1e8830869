import { useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";

import { scanQuery, startScan } from "@/api/admin";
import { songShelfQuery } from "@/api/songs";
import { usePlayerCommands } from "@/hooks/PlayerContext";
import { usePlayer } from "@/hooks/usePlayer";
import { isPlayable } from "@/hooks/usePlayFrom";
import { usePlaySongs } from "@/hooks/usePlaySongs";
import { preferences, usePreferences } from "@/hooks/usePreferences";
import { useSession } from "@/hooks/useSession";
import { THEMES } from "@/lib/theme";
import { toasts } from "@/lib/toasts";
import type { GlyphName } from "@/ui/glyphs";

import type { Entry } from "./entry";

/** Songs that "shuffle everything" takes; more would only fill the queue. */
const SHUFFLED = 200;

interface ActionOptions {
  open: (to: string, search?: object) => void;
  showKeys: () => void;
}

/** What can be done from anywhere. */
export function useActions({ open, showKeys }: ActionOptions): Entry[] {
  const { t } = useTranslation(["palette", "common"]);
  const player = usePlayerCommands();
  const playing = usePlayer((state) => state.wantsToPlay);
  const empty = usePlayer((state) => state.track === null);
  const queries = useQueryClient();
  const { shuffle } = usePlaySongs();
  const { theme } = usePreferences();
  const user = useSession();

  const orSay = (work: Promise<void>) =>
    void work.catch((cause: unknown) =>
      toasts.push(cause instanceof Error ? cause.message : t("common:error.generic"), "fault"),
    );
  const shuffleAll = async () => {
    const { songs } = await queries.fetchQuery(songShelfQuery({ sort: "random", seed: anySeed() }, SHUFFLED));
    shuffle(songs.filter(isPlayable));
  };
  const scan = async () => {
    queries.setQueryData(scanQuery.queryKey, await startScan());
    open("/admin/scan");
  };
  const action = (id: string, icon: GlyphName, label: string, run: () => void): Entry => ({
    ...{ id: `do ${id}`, group: "actions" as const, icon, label, run },
  });
  return [
    ...(empty
      ? []
      : [
          action("toggle", playing ? "pause" : "play", t(playing ? "do.pause" : "do.play"), () =>
            player.toggle(),
          ),
          action("next", "next", t("do.next"), () => player.next()),
          action("previous", "previous", t("do.previous"), () => player.previous()),
        ]),
    action("shuffle", "shuffle", t("do.shuffle"), () => orSay(shuffleAll())),
    action("make", "add", t("do.make"), () => open("/playlists", { make: true })),
    ...(user?.role === "admin" ? [action("scan", "folder", t("do.scan"), () => orSay(scan()))] : []),
    ...THEMES.filter((one) => one !== theme).map((one) =>
      action(`theme ${one}`, "settings", t(`do.theme.${one}`), () => preferences.setTheme(one)),
    ),
    action("keys", "info", t("do.keys"), showKeys),
  ];
}

function anySeed(): number {
  return Math.floor(Math.random() * 1_000_000);
}
