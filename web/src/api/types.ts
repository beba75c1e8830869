/**
 * The shapes of the REST API, written by hand from the contract until `npm run api:types` can generate
 * `schema.d.ts` from api/openapi.json. Then this file becomes a list of re-exports
 * (`export type Song = components["schemas"]["Song"]`, `export type { paths } from "./schema"`)
 * and nothing else changes: every other file imports its API types from here.
 */

export interface ArtistCredit {
  id: number;
  name: string;
  role: string;
}

export interface Song {
  id: number;
  title: string;
  artist: string;
  album: string;
  albumId: number | null;
  artists: ArtistCredit[];
  duration: number;
  genre: string | null;
  genres: string[];
  year: number | null;
  track: number | null;
  disc: number | null;
  bitRate: number;
  sampleRate: number;
  format: string;
  size: number;
  coverUrl: string | null;
  coverHue: number;
  libraryId: number;
  uploadedBy: number | null;
  createdAt: string;
  liked: boolean;
  rating: number;
  plays: number;
}

export interface Album {
  id: number;
  title: string;
  artist: string;
  artists: ArtistCredit[];
  year: number | null;
  songCount: number;
  duration: number;
  coverUrl: string | null;
  coverHue: number;
  genres: string[];
  isCompilation: boolean;
  createdAt: string;
  liked: boolean;
}

export interface Artist {
  id: number;
  name: string;
  sortName: string;
  albumCount: number;
  songCount: number;
  coverUrl: string | null;
  liked: boolean;
}

export interface Genre {
  name: string;
  songCount: number;
}

export interface Playlist {
  id: number;
  name: string;
  description: string | null;
  isPublic: boolean;
  ownerId: number;
  ownerName: string;
  songCount: number;
  duration: number;
  coverUrl: string | null;
  revision: number;
  createdAt: string;
  updatedAt: string;
}

/** A song at its place in a playlist; the same song may stand there twice. */
export interface PlaylistSong extends Song {
  entryId: number;
}

export interface User {
  id: number;
  username: string;
  email: string;
  displayName: string | null;
  avatarUrl: string | null;
  role: "user" | "admin";
  createdAt: string;
}

export interface Session {
  id: number;
  userAgent: string;
  ip: string;
  createdAt: string;
  lastSeenAt: string;
  current: boolean;
}

export interface ScanState {
  running: boolean;
  seen: number;
  added: number;
  updated: number;
  missing: number;
  failed: number;
  startedAt: string | null;
  finishedAt: string | null;
}

export interface FieldFault {
  field: string;
  message: string;
}

/** The body of every answer that is not a success. */
export interface ErrorBody {
  error: string;
  code: string;
  details?: FieldFault[];
}

export interface Page {
  total: number;
  totalCapped?: boolean;
  nextCursor: string | null;
}

export interface PageQuery {
  limit?: number;
  cursor?: string;
  offset?: number;
}

export interface SongQuery extends PageQuery {
  search?: string;
  genre?: string;
  artistId?: number;
  albumId?: number;
  year?: number;
  sort?: string;
  seed?: number;
}

export type AlbumQuery = Omit<SongQuery, "albumId">;

export interface SignInBody {
  username: string;
  password: string;
  totp?: string;
  client?: "web";
}

export interface SignUpBody {
  username: string;
  email: string;
  password: string;
  displayName?: string;
  invite?: string;
  client?: "web";
}

/** One operation in the form openapi-fetch reads. */
interface Operation<Answer, Body = undefined, Query = undefined, Path = undefined> {
  parameters: (Query extends undefined ? { query?: never } : { query?: Query }) &
    (Path extends undefined ? { path?: never } : { path: Path });
  requestBody?: Body extends undefined ? never : { content: { "application/json": Body } };
  responses: {
    200: { content: { "application/json": Answer } };
    default: { content: { "application/json": ErrorBody } };
  };
}

/** As an operation, with a body that must be there. */
type Command<Answer, Body, Path = undefined> = Operation<Answer, Body, undefined, Path> & {
  requestBody: { content: { "application/json": Body } };
};

type ById = { id: number };
type Likeable = {
  put: Operation<undefined, undefined, undefined, ById>;
  delete: Operation<undefined, undefined, undefined, ById>;
};
type Rateable = { put: Command<undefined, { rating: number }, ById> };

/** Every operation the client calls. */
export interface paths {
  "/auth/login": { post: Command<{ message: string; user: User }, SignInBody> };
  "/auth/register": { post: Command<{ message: string; user: User }, SignUpBody> };
  "/auth/logout": { post: Operation<undefined> };
  "/auth/password": { post: Command<undefined, { currentPassword: string; newPassword: string }> };
  "/auth/profile": {
    get: Operation<{ user: User }>;
    put: Command<{ user: User }, { displayName?: string; avatarUrl?: string }>;
  };
  "/auth/sessions": { get: Operation<{ sessions: Session[] }> };
  "/auth/sessions/{id}": { delete: Operation<undefined, undefined, undefined, ById> };
  "/songs": { get: Operation<Page & { songs: Song[] }, undefined, SongQuery> };
  "/songs/{id}": {
    get: Operation<{ song: Song }, undefined, undefined, ById>;
    patch: Command<
      { song: Song },
      Partial<Pick<Song, "title" | "artist" | "album" | "genre" | "year">>,
      ById
    >;
    delete: Operation<undefined, undefined, undefined, ById>;
  };
  "/songs/{id}/like": Likeable;
  "/songs/{id}/rating": Rateable;
  "/songs/record-listening": { post: Command<{ message: string }, { songId: number; duration?: number }> };
  "/albums": { get: Operation<Page & { albums: Album[] }, undefined, AlbumQuery> };
  "/albums/{id}": { get: Operation<{ album: Album; songs: Song[] }, undefined, undefined, ById> };
  "/albums/{id}/like": Likeable;
  "/albums/{id}/rating": Rateable;
  "/artists": {
    get: Operation<Page & { artists: Artist[] }, undefined, PageQuery & { search?: string; sort?: string }>;
  };
  "/artists/{id}": {
    get: Operation<{ artist: Artist; albums: Album[]; topSongs: Song[] }, undefined, undefined, ById>;
  };
  "/artists/{id}/like": Likeable;
  "/artists/{id}/rating": Rateable;
  "/genres": { get: Operation<{ genres: Genre[] }> };
  "/search": {
    get: Operation<
      { songs: Song[]; albums: Album[]; artists: Artist[] },
      undefined,
      { q: string; limit?: number }
    >;
  };
  "/playlists": {
    get: Operation<Page & { playlists: Playlist[] }, undefined, PageQuery>;
    post: Command<
      { message: string; playlist: Playlist },
      { name: string; description?: string; isPublic?: boolean }
    >;
  };
  "/playlists/{id}": {
    get: Operation<{ playlist: Playlist; songs: PlaylistSong[] }, undefined, undefined, ById>;
    put: Command<{ playlist: Playlist }, { name?: string; description?: string; isPublic?: boolean }, ById>;
    delete: Operation<undefined, undefined, undefined, ById>;
  };
  "/playlists/{id}/songs": {
    post: Command<{ playlist: Playlist }, { songIds: number[]; revision?: number }, ById>;
    patch: Command<
      { playlist: Playlist },
      { entryIds: number[]; beforeEntryId: number | null; revision?: number },
      ById
    >;
  };
  "/playlists/{id}/songs/{entryId}": {
    delete: Operation<{ playlist: Playlist }, undefined, undefined, ById & { entryId: number }>;
  };
  "/library/scan": {
    get: Operation<ScanState>;
    post: Operation<ScanState>;
    delete: Operation<ScanState>;
  };
  "/library/scan/errors": { get: Operation<{ errors: { path: string; reason: string }[]; total: number }> };
}
