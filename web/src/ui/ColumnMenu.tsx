import { useTranslation } from "react-i18next";

import { IconButton } from "./IconButton";
import { Menu } from "./Menu";
import { MenuChecks, MenuLabel } from "./MenuParts";
import { COLUMN_ORDER, type SongColumn } from "./songColumns";

interface ColumnMenuProps {
  chosen: readonly SongColumn[];
  onChoose: (columns: SongColumn[]) => void;
}

/** Which columns the table of songs has. */
export function ColumnMenu({ chosen, onChoose }: ColumnMenuProps) {
  const { t } = useTranslation("rows");
  const toggle = (column: SongColumn, on: boolean) =>
    onChoose(COLUMN_ORDER.filter((known) => (known === column ? on : chosen.includes(known))));
  return (
    <Menu trigger={<IconButton icon="columns" label={t("columns")} size={16} />}>
      <MenuLabel>{t("columns")}</MenuLabel>
      <MenuChecks
        options={COLUMN_ORDER.map((value) => ({ value, label: t(`column.${value}`) }))}
        chosen={chosen}
        onToggle={toggle}
      />
    </Menu>
  );
}
