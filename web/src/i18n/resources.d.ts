import type admin from "./locales/en/admin.json";
import type albums from "./locales/en/albums.json";
import type artists from "./locales/en/artists.json";
import type audit from "./locales/en/audit.json";
import type auth from "./locales/en/auth.json";
import type certificate from "./locales/en/certificate.json";
import type common from "./locales/en/common.json";
import type confirm from "./locales/en/confirm.json";
import type devices from "./locales/en/devices.json";
import type editor from "./locales/en/editor.json";
import type genres from "./locales/en/genres.json";
import type history from "./locales/en/history.json";
import type home from "./locales/en/home.json";
import type members from "./locales/en/members.json";
import type now from "./locales/en/now.json";
import type palette from "./locales/en/palette.json";
import type player from "./locales/en/player.json";
import type playlists from "./locales/en/playlists.json";
import type profile from "./locales/en/profile.json";
import type queue from "./locales/en/queue.json";
import type rows from "./locales/en/rows.json";
import type search from "./locales/en/search.json";
import type security from "./locales/en/security.json";
import type shell from "./locales/en/shell.json";
import type songDialogs from "./locales/en/songDialogs.json";
import type songs from "./locales/en/songs.json";
import type upload from "./locales/en/upload.json";

// English is the measure: a key that is not in these files does not compile.
declare module "i18next" {
  interface CustomTypeOptions {
    defaultNS: "common";
    resources: {
      admin: typeof admin;
      albums: typeof albums;
      artists: typeof artists;
      audit: typeof audit;
      auth: typeof auth;
      certificate: typeof certificate;
      common: typeof common;
      confirm: typeof confirm;
      devices: typeof devices;
      editor: typeof editor;
      genres: typeof genres;
      history: typeof history;
      home: typeof home;
      members: typeof members;
      now: typeof now;
      palette: typeof palette;
      player: typeof player;
      playlists: typeof playlists;
      profile: typeof profile;
      queue: typeof queue;
      rows: typeof rows;
      search: typeof search;
      security: typeof security;
      shell: typeof shell;
      songDialogs: typeof songDialogs;
      songs: typeof songs;
      upload: typeof upload;
    };
  }
}
