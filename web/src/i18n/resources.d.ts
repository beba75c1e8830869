import type albums from "./locales/en/albums.json";
import type artists from "./locales/en/artists.json";
import type auth from "./locales/en/auth.json";
import type common from "./locales/en/common.json";
import type genres from "./locales/en/genres.json";
import type home from "./locales/en/home.json";
import type player from "./locales/en/player.json";
import type rows from "./locales/en/rows.json";
import type search from "./locales/en/search.json";
import type shell from "./locales/en/shell.json";
import type songDialogs from "./locales/en/songDialogs.json";
import type songs from "./locales/en/songs.json";

// English is the measure: a key that is not in these files does not compile.
declare module "i18next" {
  interface CustomTypeOptions {
    defaultNS: "common";
    resources: {
      albums: typeof albums;
      artists: typeof artists;
      auth: typeof auth;
      common: typeof common;
      genres: typeof genres;
      home: typeof home;
      player: typeof player;
      rows: typeof rows;
      search: typeof search;
      shell: typeof shell;
      songDialogs: typeof songDialogs;
      songs: typeof songs;
    };
  }
}
