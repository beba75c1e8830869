import type auth from "./locales/en/auth.json";
import type common from "./locales/en/common.json";
import type player from "./locales/en/player.json";
import type shell from "./locales/en/shell.json";

// English is the measure: a key that is not in these files does not compile.
declare module "i18next" {
  interface CustomTypeOptions {
    defaultNS: "common";
    resources: { auth: typeof auth; common: typeof common; player: typeof player; shell: typeof shell };
  }
}
