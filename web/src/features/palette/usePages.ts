import { useTranslation } from "react-i18next";

import { useSession } from "@/hooks/useSession";
import type { GlyphName } from "@/ui/glyphs";

import type { Entry } from "./entry";

const PAGES = [
  { to: "/", text: "home", icon: "home" },
  { to: "/songs", text: "songs", icon: "songs" },
  { to: "/albums", text: "albums", icon: "albums" },
  { to: "/artists", text: "artists", icon: "artists" },
  { to: "/genres", text: "genres", icon: "library" },
  { to: "/playlists", text: "playlists", icon: "queue" },
  { to: "/history", text: "history", icon: "clock" },
  { to: "/upload", text: "upload", icon: "upload" },
  { to: "/profile", text: "profile", icon: "settings" },
] as const;

const ADMIN_PAGES = [
  { to: "/admin", text: "admin", icon: "server" },
  { to: "/admin/scan", text: "adminScan", icon: "folder" },
  { to: "/admin/libraries", text: "adminLibraries", icon: "library" },
  { to: "/admin/members", text: "adminMembers", icon: "people" },
  { to: "/admin/storage", text: "adminStorage", icon: "server" },
  { to: "/admin/log", text: "adminLog", icon: "songs" },
] as const;

/** The pages one may open. */
export function usePages(open: (to: string) => void): Entry[] {
  const { t } = useTranslation("palette");
  const admin = useSession()?.role === "admin";
  return [...PAGES, ...(admin ? ADMIN_PAGES : [])].map(({ to, text, icon }) => ({
    ...{ id: to, group: "pages" as const, to, icon: icon as GlyphName },
    label: t(`page.${text}`),
    run: () => open(to),
  }));
}
