// Every page there is, for those who visit all of them.
const admin = ["", "/members", "/libraries", "/scan", "/missing", "/storage", "/sessions", "/audit", "/configuration", "/log"];

export const signedOutPages = ["/sign-in", "/sign-up", "/certificate"];

export const signedInPages = [
  ...["/", "/songs", "/albums", "/albums/1", "/artists", "/artists/1", "/genres", "/genres/Folk", "/search?q=water"],
  ...["/library", "/playlists", "/playlists/1", "/upload", "/profile", "/profile/security", "/history", "/edits", "/now", "/queue"],
  ...admin.map((page) => `/admin${page}`),
  "/nowhere",
];
