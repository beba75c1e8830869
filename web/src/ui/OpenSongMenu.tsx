import type { ReactElement } from "react";

import { Menu } from "./Menu";
import type { SongMenuProps } from "./SongMenu";
import { SongMenuItems } from "./SongMenuItems";

interface OpenSongMenuProps extends Omit<SongMenuProps, "skipped"> {
  trigger: ReactElement;
}

/** What can be done with a song. It opens as soon as it is there. */
export function OpenSongMenu({ song, actions, select, trigger, children }: OpenSongMenuProps) {
  return (
    <Menu trigger={trigger} defaultOpen>
      <SongMenuItems song={song} actions={actions} select={select} />
      {children}
    </Menu>
  );
}
