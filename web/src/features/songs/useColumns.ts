import { useState } from "react";

import { deviceStorage } from "@/lib/storage";
import { COLUMN_ORDER, type SongColumn, USUAL_COLUMNS } from "@/ui/songColumns";

const KEY = "songColumns";

/** The columns somebody chose on this device. */
export function useColumns(): [readonly SongColumn[], (columns: readonly SongColumn[]) => void] {
  const [columns, setColumns] = useState(() => read(deviceStorage.read(KEY)));
  const choose = (chosen: readonly SongColumn[]) => {
    setColumns(chosen);
    deviceStorage.write(KEY, chosen.join(" "));
  };
  return [columns, choose];
}

/** None at all is a choice; names that are not known any more are left out. */
function read(kept: string | null): readonly SongColumn[] {
  if (kept === null) return USUAL_COLUMNS;
  const names = kept.split(" ");
  return COLUMN_ORDER.filter((column) => names.includes(column));
}
