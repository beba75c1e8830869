/** The shapes of the REST API under plain names. All of them come from api/openapi.json by way of schema.d.ts. */
import type { components, operations } from "./schema";

export type { paths } from "./schema";

type Schemas = components["schemas"];
type Query<Operation extends keyof operations> = NonNullable<operations[Operation]["parameters"]["query"]>;

export type Song = Schemas["SongView"];
export type Album = Schemas["AlbumView"];
export type Artist = Schemas["ArtistView"];
export type Playlist = Schemas["PlaylistView"];
/** A song at its place in a playlist; the same song may stand there twice. */
export type PlaylistSong = Schemas["PlaylistSongView"];
export type PlaylistDraft = Schemas["CreatePlaylistInputBody"];
export type PlaylistChange = Schemas["UpdatePlaylistInputBody"];
export type User = Schemas["UserView"];
export type Session = Schemas["SessionView"];
/** What an upload answers. */
export type UploadAnswer = Schemas["UploadView"];
export type Listen = Schemas["ListenView"];
export type Health = Schemas["HealthView"];
/** What one's devices play, as the server keeps it. */
export type PlaybackState = Schemas["PlaybackStateView"];
export type PlaybackChange = Schemas["PlaybackChange"];
/** A playlist with its songs. */
export type PlaylistContents = Schemas["PlaylistContentsView"];
export type SearchResult = Schemas["SearchView"];
export type Library = Schemas["LibraryView"];
export type MemberUsage = Schemas["MemberUsageView"];
export type Setting = Schemas["SettingView"];
export type Log = Schemas["LogView"];
export type LogLine = Schemas["LineView"];
export type ScanFault = Schemas["ScanErrorView"];
export type ScanState = Schemas["ScanView"];
export type FieldFault = Schemas["Detail"];
export type SongQuery = Query<"listSongs">;
/** Which part of a list is asked for. */
export type PageQuery = Pick<SongQuery, "limit" | "offset" | "cursor">;
export type AlbumQuery = Query<"listAlbums">;
export type SignInBody = Schemas["LoginBody"];
export type SignUpBody = Schemas["RegisterBody"];
