import "./styles/fonts.css";
import "./styles/tokens.css";
import "./styles/base.css";

import { StrictMode } from "react";
import { createRoot } from "react-dom/client";

import { sessionEvents } from "@/api/client";
import { createQueryClient } from "@/api/queryClient";
import { startI18n } from "@/i18n/i18n";

import { App } from "./app/App";
import { createPlayer } from "./app/player";
import { createAppRouter } from "./app/router";

async function start(root: HTMLElement): Promise<void> {
  await startI18n();
  const queries = createQueryClient();
  const router = createAppRouter(queries);
  const { player, output } = createPlayer();
  // An admin without a second factor where one is required: the page says why.
  sessionEvents.on("factorRequired", () => void router.navigate({ to: "/profile/security" }));
  createRoot(root).render(
    <StrictMode>
      <App queries={queries} router={router} player={player} output={output} />
    </StrictMode>,
  );
  await import("./styles/fonts-more.css");
}

const root = document.getElementById("root");
if (root !== null) void start(root);
