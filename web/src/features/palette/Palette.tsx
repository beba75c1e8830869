import * as Radix from "@radix-ui/react-dialog";
import { useNavigate } from "@tanstack/react-router";
import { type KeyboardEvent, useId, useState } from "react";
import { useTranslation } from "react-i18next";

import { clamp } from "@/lib/clamp";
import { matches } from "@/lib/fold";
import { findOpener } from "@/lib/opener";
import { Icon } from "@/ui/Icon";
import { Kbd } from "@/ui/Kbd";

import { type Entry, GROUPS } from "./entry";
import { EntryList } from "./EntryList";
import styles from "./Palette.module.css";
import { useActions } from "./useActions";
import { useFoundEntries } from "./useFoundEntries";
import { usePages } from "./usePages";
import { useRecentEntries } from "./useRecentEntries";

interface PaletteProps {
  onClose: () => void;
  onShowKeys: () => void;
}

/** Everything there is to find, to open and to do, by a few letters. */
export function Palette({ onClose, onShowKeys }: PaletteProps) {
  const { t } = useTranslation("palette");
  const id = useId();
  const navigate = useNavigate();
  const [opener] = useState(findOpener);
  const [text, setText] = useState("");
  const [chosen, setChosen] = useState(0);
  const words = text.trim();
  const open = (to: string, search = {}) => void navigate({ to, search: search as never });

  const recent = useRecentEntries();
  const pages = usePages(open);
  const actions = useActions({ open, showKeys: onShowKeys });
  const found = useFoundEntries(words, open);
  const known = [...actions, ...pages].filter(({ label }) => matches(label, words));
  const before: Entry[] = recent.entries.map(({ id: known, label, to }) => ({
    ...{ id: `recent ${known}`, group: "recent" as const, icon: "clock" as const, label, to },
    run: () => open(to),
  }));
  const entries = words === "" ? [...before, ...known] : sorted([...known, ...found.entries]);
  const at = clamp(chosen, 0, Math.max(entries.length - 1, 0));

  const run = (entry: Entry | undefined) => {
    if (entry === undefined) return;
    const { to } = entry;
    if (to !== undefined) recent.remember({ ...entry, id: entry.id.replace(/^recent /, ""), to });
    onClose();
    entry.run();
  };
  const press = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step !== undefined) setChosen((at + step + entries.length) % Math.max(entries.length, 1));
    else if (event.key === "Home" && event.ctrlKey) setChosen(0);
    else if (event.key === "End" && event.ctrlKey) setChosen(entries.length - 1);
    else if (event.key === "Enter") run(entries[at]);
    else return;
    event.preventDefault();
  };
  const giveBack = (event: Event) => {
    event.preventDefault();
    if (document.activeElement === document.body) opener?.focus({ preventScroll: true });
  };
  const none = words !== "" && entries.length === 0 && !found.busy;
  return (
    <Radix.Root open onOpenChange={(next) => !next && onClose()}>
      <Radix.Portal>
        <div className={styles["veil"]}>
          <Radix.Content
            className={styles["palette"]}
            aria-describedby={undefined}
            onCloseAutoFocus={giveBack}
          >
            <Radix.Title className="sr">{t("title")}</Radix.Title>
            <div className={styles["field"]}>
              <Icon name="search" />
              <input
                className={styles["input"]}
                role="combobox"
                aria-label={t("label")}
                aria-expanded="true"
                aria-controls={`${id}-list`}
                aria-autocomplete="list"
                aria-activedescendant={entries.length === 0 ? undefined : `${id}-${at}`}
                placeholder={t("placeholder")}
                autoFocus
                autoComplete="off"
                autoCapitalize="none"
                spellCheck={false}
                dir="auto"
                value={text}
                onChange={(event) => {
                  setText(event.target.value);
                  setChosen(0);
                }}
                onKeyDown={press}
              />
              <Kbd>Esc</Kbd>
            </div>
            <EntryList id={id} entries={entries} chosen={at} onPoint={setChosen} onRun={run} />
            <p className={none || found.failed ? styles["none"] : "sr"} role="status">
              {found.failed ? t("failed") : none ? t("none", { words }) : ""}
            </p>
          </Radix.Content>
        </div>
      </Radix.Portal>
    </Radix.Root>
  );
}

/** Group by group, as they are drawn: the arrow keys go through them in this order. */
function sorted(entries: Entry[]): Entry[] {
  return GROUPS.flatMap((group) => entries.filter((entry) => entry.group === group));
}
