import { fileURLToPath } from "node:url";

import react from "@vitejs/plugin-react";
import { defineConfig } from "vitest/config";

const source = fileURLToPath(new URL("./src", import.meta.url));

/** Browsers that know light-dark(): older targets would rewrite every colour token. */
const browsers = ["chrome123", "edge123", "firefox120", "safari17.5"];

export default defineConfig({
  plugins: [react()],
  resolve: { alias: { "@": source } },
  server: {
    proxy: { "/api": { target: `http://127.0.0.1:${process.env["PORT"] ?? "5000"}`, ws: true } },
  },
  build: {
    outDir: "dist",
    assetsDir: "assets",
    // public/.gitkeep comes back with every build: the Go embed needs a folder before the first one.
    emptyOutDir: true,
    manifest: "assets/manifest.json",
    target: browsers,
    cssTarget: browsers,
    // The server's Content-Security-Policy allows files only: nothing may be inlined.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    rolldownOptions: {
      output: {
        codeSplitting: {
          groups: [
            // What every page needs in one file: smaller together than apart, and kept by browsers between releases.
            // <Trans> and useQueries stay out: few pages use them, and they bring them along.
            {
              name: "base",
              test: /node_modules\/(?!.*\/(Trans\w*|useQueries|queriesObserver)\.js)(react|react-dom|scheduler|i18next|react-i18next|openapi-fetch|use-sync-external-store|@tanstack\/(router-core|react-router|history|store|react-store|query-core|react-query))\//,
            },
          ],
        },
      },
    },
  },
  test: {
    restoreMocks: true,
    projects: [
      {
        extends: true,
        test: {
          name: "plain",
          environment: "node",
          include: ["src/{engine,lib}/**/*.test.ts", "scripts/*.test.ts"],
        },
      },
      {
        extends: true,
        test: {
          name: "page",
          environment: "jsdom",
          // As in the build: the package's other half is for Node.
          alias: { "tus-js-client": "tus-js-client/lib.esm/browser/index.js" },
          testTimeout: 15_000,
          setupFiles: ["./src/test/setup.ts"],
          include: ["src/{api,app,features,hooks,i18n,ui}/**/*.test.{ts,tsx}"],
        },
      },
    ],
  },
});
