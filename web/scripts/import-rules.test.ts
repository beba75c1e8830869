import { expect, test } from "vitest";

import { importFault } from "./import-rules.mjs";

test.each([
  ["src/app/App.tsx", "@/features/auth/SignInPage"],
  ["src/main.tsx", "./app/App"],
  ["src/features/auth/SignInPage.tsx", "@/ui/Button"],
  ["src/features/auth/SignInPage.tsx", "./useSignIn"],
  ["src/hooks/usePlayer.ts", "@/engine/player"],
  ["src/ui/Button.test.tsx", "@/test/render"],
  ["src/engine/player.ts", "../lib/emitter"],
])("%s may import %s", (from, specifier) => {
  expect(importFault(from, specifier)).toBeNull();
});

test.each([
  ["src/features/auth/SignInPage.tsx", "@/features/player/Deck"],
  ["src/features/auth/SignInPage.tsx", "../player/Deck"],
  ["src/features/auth/SignInPage.tsx", "@/app/router"],
  ["src/ui/Button.tsx", "@/hooks/usePlayer"],
  ["src/ui/Button.tsx", "@/api/client"],
  ["src/engine/player.ts", "react"],
  ["src/engine/player.ts", "@tanstack/react-query"],
  ["src/lib/time.ts", "@/api/client"],
  ["src/ui/Button.tsx", "@/test/render"],
])("%s may not import %s", (from, specifier) => {
  expect(importFault(from, specifier)).not.toBeNull();
});
