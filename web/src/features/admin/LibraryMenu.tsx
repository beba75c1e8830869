import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { updateLibrary } from "@/api/libraries";
import type { Library } from "@/api/types";
import { toasts } from "@/lib/toasts";
import { IconButton } from "@/ui/IconButton";
import { Menu } from "@/ui/Menu";
import { MenuItem, MenuLine } from "@/ui/MenuParts";

import { DeleteLibraryDialog } from "./DeleteLibraryDialog";
import { GrantsDialog } from "./GrantsDialog";
import { LibraryDialog } from "./LibraryDialog";

/** What an admin does with a library. A folder that is still configured cannot be removed here. */
export function LibraryMenu({ library }: { library: Library }) {
  const { t } = useTranslation(["admin", "common"]);
  const [dialog, setDialog] = useState<"rename" | "grants" | "delete" | null>(null);
  const queries = useQueryClient();
  const { id, name, kind, isOpen, admin } = library;
  const open = useMutation({
    mutationFn: () => updateLibrary(id, { isOpen: !isOpen }),
    onSuccess: () => toasts.push(t(isOpen ? "libraries.nowClosed" : "libraries.nowOpen", { name })),
    onError: (error) => toasts.push(error.message, "fault"),
    // What is open or closed changes every list.
    onSettled: () => queries.invalidateQueries({ predicate: ({ queryKey: [first] }) => first !== "session" }),
  });
  const close = () => setDialog(null);
  const removable = kind === "uploads" || admin?.configured === false;
  return (
    <>
      <Menu trigger={<IconButton icon="more" label={t("common:moreFor", { name })} />}>
        <MenuItem icon="edit" onSelect={() => setDialog("rename")}>
          {t("libraries.rename")}
        </MenuItem>
        <MenuItem icon={isOpen ? "lock" : "people"} onSelect={() => open.mutate()}>
          {t(isOpen ? "libraries.close" : "libraries.open")}
        </MenuItem>
        <MenuItem icon="check" disabled={isOpen} onSelect={() => setDialog("grants")}>
          {t("libraries.grants")}
        </MenuItem>
        {removable && (
          <>
            <MenuLine />
            <MenuItem icon="trash" danger onSelect={() => setDialog("delete")}>
              {t("libraries.delete")}
            </MenuItem>
          </>
        )}
      </Menu>
      {dialog === "rename" && <LibraryDialog library={library} onClose={close} />}
      {dialog === "grants" && <GrantsDialog library={library} onClose={close} />}
      {dialog === "delete" && <DeleteLibraryDialog library={library} onClose={close} />}
    </>
  );
}
