import type { ReactElement } from "react";
import { useTranslation } from "react-i18next";

import { useDevices } from "@/hooks/useDevices";
import { type BoardDevice, deviceBoard } from "@/lib/deviceBoard";
import { toasts } from "@/lib/toasts";
import { Menu } from "@/ui/Menu";
import { MenuChoice, MenuLabel } from "@/ui/MenuParts";

/** Where to play: this device and all others that are connected. It opens as soon as it is there. */
export function OpenDeviceMenu({ trigger }: { trigger: ReactElement }) {
  const { t } = useTranslation("devices");
  const mine = useDevices((board) => board.mine);
  const active = useDevices((board) => board.active);
  const devices = useDevices((board) => board.devices);
  const connected = devices.filter(({ id, online }) => online || id === mine);
  const playOn = (id: string) => {
    const device = devices.find((one) => one.id === id);
    deviceBoard
      .actions()
      ?.playOn(id)
      .catch(() => toasts.push(t("moveFailed", { name: device?.name ?? "" }), "fault"));
  };
  const label = ({ id, name }: BoardDevice) => (id === mine ? t("here", { name }) : name);
  return (
    <Menu trigger={trigger} defaultOpen>
      <MenuLabel>{t("heading")}</MenuLabel>
      <MenuChoice
        value={active ?? ""}
        options={connected.map((device) => ({ value: device.id, label: label(device) }))}
        onChange={playOn}
      />
      {connected.length < 2 && <MenuLabel>{t("none")}</MenuLabel>}
    </Menu>
  );
}
