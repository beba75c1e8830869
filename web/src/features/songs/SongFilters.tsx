import { useQuery } from "@tanstack/react-query";
import { useId, useState } from "react";
import { useTranslation } from "react-i18next";

import { librariesQuery } from "@/api/libraries";
import { PHONE, useMediaQuery } from "@/hooks/useMediaQuery";
import { omit } from "@/lib/omit";
import { Button } from "@/ui/Button";
import { AddChip, FilterChip } from "@/ui/Chip";
import { Dialog } from "@/ui/Dialog";

import { setFilters } from "./filterChips";
import { FilterPanel } from "./FilterPanel";
import type { SongSearch } from "./songSearch";
import styles from "./SongsPage.module.css";

interface SongFiltersProps {
  search: SongSearch;
  onChange: (search: SongSearch) => void;
}

/** The filters that are set as chips, and the panel with what may be set. */
export function SongFilters({ search, onChange }: SongFiltersProps) {
  const { t } = useTranslation("songs");
  const [open, setOpen] = useState(false);
  const phone = useMediaQuery(PHONE);
  const { data: libraries } = useQuery(librariesQuery);
  const panelId = useId();
  const set = setFilters(search, libraries ?? [], t);
  const panel = <FilterPanel search={search} libraries={libraries ?? []} onChange={onChange} />;
  return (
    <>
      <div className={styles["chips"]} role="group" aria-label={t("filters")}>
        {set.map(({ names, label, value }) => (
          <FilterChip
            key={names[0]}
            label={label}
            {...(value !== undefined && { value })}
            onRemove={() => onChange(omit(search, ...names))}
          />
        ))}
        <AddChip
          icon="filter"
          label={t("filter")}
          aria-expanded={open}
          aria-controls={panelId}
          onClick={() => setOpen(!open)}
        />
        {set.length > 1 && (
          <Button
            kind="quiet"
            small
            onClick={() => onChange(omit(search, ...set.flatMap((one) => one.names)))}
          >
            {t("clearAll")}
          </Button>
        )}
      </div>
      <div id={panelId}>
        {open && !phone && panel}
        {open && phone && (
          <Dialog open onClose={() => setOpen(false)} title={t("filters")}>
            {panel}
          </Dialog>
        )}
      </div>
    </>
  );
}
