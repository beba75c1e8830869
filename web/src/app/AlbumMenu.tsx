import { albumMenu, useAlbumMenu } from "@/hooks/albumMenu";
import { useAlbumActions } from "@/hooks/useAlbumActions";
import { AlbumContext } from "@/ui/AlbumContext";

/** The menu of the sleeve that was pressed, if one was. */
export function AlbumMenu() {
  const asked = useAlbumMenu();
  const actions = useAlbumActions();
  if (asked === null) return null;
  const { album, point } = asked;
  return <AlbumContext album={album} point={point} actions={actions} onClose={() => albumMenu.close()} />;
}
