import { useTranslation } from "react-i18next";

import { Button } from "@/ui/Button";
import { Key, SelectionFrame } from "@/ui/SelectionBar";

import type { QueueChoice } from "./useQueueChoice";

/** What can be done with the chosen songs of the queue. */
export function QueueSelectionBar({ choice }: { choice: QueueChoice }) {
  const { t } = useTranslation("queue");
  const { chosen, toFront, toEnd, save, remove, selection } = choice;
  return (
    <SelectionFrame
      count={chosen.length}
      duration={chosen.reduce((sum, { track }) => sum + track.duration, 0)}
      onClear={selection.clear}
    >
      <Button kind="quiet" small onClick={toFront}>
        {t("selection.next")} <Key>N</Key>
      </Button>
      <Button kind="quiet" small onClick={toEnd}>
        {t("selection.end")} <Key>E</Key>
      </Button>
      <Button kind="quiet" small onClick={save}>
        {t("selection.save")} <Key>P</Key>
      </Button>
      <Button kind="quiet" small onClick={() => remove()}>
        {t("selection.remove")} <Key>D</Key>
      </Button>
    </SelectionFrame>
  );
}
