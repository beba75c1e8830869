import { lazy, Suspense, useState } from "react";
import { useTranslation } from "react-i18next";

import { useDevices } from "@/hooks/useDevices";
import { IconButton } from "@/ui/IconButton";

const load = () => import("./OpenDeviceMenu");
const OpenDeviceMenu = lazy(() => load().then((module) => ({ default: module.OpenDeviceMenu })));

/** Opens the list of what one can play on; it says so when the music sounds elsewhere. Not there without a device. */
export function DeviceButton() {
  const { t } = useTranslation("player");
  const [asked, setAsked] = useState(false);
  const known = useDevices(({ mine }) => mine !== null);
  const elsewhere = useDevices((board) => (board.elsewhere ? nameOf(board.devices, board.active) : null));
  if (!known) return null;
  const button = (
    <IconButton
      icon="devices"
      label={elsewhere === null ? t("devices") : t("playingOn", { name: elsewhere })}
      pressed={elsewhere !== null}
      aria-haspopup="menu"
      onPointerEnter={() => void load()}
      onClick={() => setAsked(true)}
    />
  );
  if (!asked) return button;
  return (
    <Suspense fallback={button}>
      <OpenDeviceMenu trigger={button} />
    </Suspense>
  );
}

function nameOf(devices: readonly { id: string; name: string }[], id: string | null): string {
  return devices.find((device) => device.id === id)?.name ?? "";
}
