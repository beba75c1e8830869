import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useRouter } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";

import { signOut } from "@/api/session";
import { usePlayerCommands } from "@/hooks/PlayerContext";
import { toasts } from "@/lib/toasts";

import { forgetSession } from "../useSignedOut";

/** Ends the session here and on the server. If the server cannot be told, the person stays signed in and knows. */
export function useSignOut(): () => void {
  const { t } = useTranslation("shell");
  const queries = useQueryClient();
  const router = useRouter();
  const player = usePlayerCommands();
  const { mutate } = useMutation({
    mutationFn: signOut,
    onSuccess: async () => {
      forgetSession(queries, player);
      await router.navigate({ to: "/sign-in" });
    },
    onError: () => toasts.push(t("signOutFailed"), "fault"),
  });
  return () => mutate();
}
