import { lazy, Suspense, useState } from "react";

import { AccountButton } from "./AccountButton";

const load = () => import("./OpenAccountMenu");
const OpenAccountMenu = lazy(() => load().then((module) => ({ default: module.OpenAccountMenu })));

/** The account menu. Its code is fetched when somebody reaches for it, not with the first page. */
export function AccountMenu({ onShowKeys }: { onShowKeys: () => void }) {
  const [asked, setAsked] = useState(false);
  const button = <AccountButton onPointerEnter={() => void load()} onClick={() => setAsked(true)} />;
  if (!asked) return button;
  return (
    <Suspense fallback={button}>
      <OpenAccountMenu onShowKeys={onShowKeys} />
    </Suspense>
  );
}
