import { useQuery } from "@tanstack/react-query";
import { getRouteApi, useNavigate } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";

import { playlistsQuery } from "@/api/playlists";
import { useTitle } from "@/hooks/useTitle";
import { Button } from "@/ui/Button";
import { EmptyState } from "@/ui/EmptyState";
import { ListFault } from "@/ui/ListFault";
import { SkeletonCards } from "@/ui/Skeleton";

import { PlaylistDialog } from "./PlaylistDialog";
import { PlaylistShelf } from "./PlaylistShelf";
import styles from "./PlaylistsPage.module.css";

const route = getRouteApi("/signed-in/playlists");

/** One's own playlists, then what others let everybody see. */
export function PlaylistsPage() {
  const { t } = useTranslation("playlists");
  const { make } = route.useSearch();
  const navigate = useNavigate();
  const { data, error, refetch } = useQuery(playlistsQuery);
  useTitle(t("title"));

  const open = () => void navigate({ to: "/playlists", search: { make: true }, replace: true });
  const close = () => void navigate({ to: "/playlists", search: {}, replace: true });
  const created = (id: number) => void navigate({ to: "/playlists/$id", params: { id: String(id) } });
  const dialog = make === true && <PlaylistDialog onClose={close} onSaved={({ id }) => created(id)} />;
  const own = data?.playlists.filter((playlist) => playlist.mine) ?? [];
  const others = data?.playlists.filter((playlist) => !playlist.mine) ?? [];

  if (data?.playlists.length === 0) {
    return (
      <>
        <EmptyState
          title={t("none.title")}
          lead={t("none.lead")}
          actions={
            <Button kind="primary" icon="add" onClick={open}>
              {t("make")}
            </Button>
          }
        />
        {dialog}
      </>
    );
  }
  return (
    <div>
      <header className={styles["head"]}>
        <h1>{t("title")}</h1>
        <Button icon="add" onClick={open}>
          {t("make")}
        </Button>
      </header>
      {error !== null && <ListFault error={error} onRetry={() => void refetch()} />}
      {data === undefined && error === null && <SkeletonCards />}
      {own.length > 0 && <PlaylistShelf title={t("own")} playlists={own} />}
      {others.length > 0 && <PlaylistShelf title={t("others")} playlists={others} />}
      {dialog}
    </div>
  );
}
