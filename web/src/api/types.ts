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
/** How far an upload is, or what came of it. */
export type UploadStatus = Schemas["ResumableView"];
/** The same with its song. */
export type UploadOutcome = Schemas["OneResumableView"];
/** What an authenticator app needs to know. */
export type FactorSetup = Schemas["FactorSetupView"];
/** A QR code, to be drawn. */
export type QrCode = Schemas["QrView"];
export type ApiKey = Schemas["ApiKeyView"];
export type ApiKeyDraft = Schemas["ApiKeyBody"];
/** A key that was just made, with its text. */
export type MadeApiKey = Schemas["MadeKeyView"];
export type Listen = Schemas["ListenView"];
export type Health = Schemas["HealthView"];
/** What one's devices play, as the server keeps it. */
export type PlaybackState = Schemas["PlaybackStateView"];
/** The same without its queue. */
export type PlaybackNow = Schemas["PlaybackNow"];
export type PlaybackChange = Schemas["PlaybackChange"];
/** An edit of the queue as it was carried out. */
export type QueueApplied = Schemas["AppliedEditView"];
/** What is to be done to a queue. */
export type QueueEditBody = Schemas["QueueEditBody"];
export type QueueEdited = Schemas["QueueEditedView"];
/** One of the things one plays on. */
export type Device = Schemas["DeviceView"];
/** A playlist with its songs. */
export type PlaylistContents = Schemas["PlaylistContentsView"];
export type SearchResult = Schemas["SearchView"];
export type Library = Schemas["LibraryView"];
export type MemberUsage = Schemas["MemberUsageView"];
export type Setting = Schemas["SettingView"];
export type Log = Schemas["LogView"];
export type LogLine = Schemas["LineView"];
export type SongDetails = Schemas["DetailsView"];
/** How a song was measured. */
export type SongSound = Schemas["SoundView"];
/** A song whose file is gone, as admins see it. */
export type MissingSong = Schemas["MissingSongView"];
/** How far the measuring of songs is. */
export type Analysis = Schemas["AnalysisView"];
export type ScanState = Schemas["ScanView"];
/** What a device needs to trust a server that is its own authority. */
export type Certificate = Schemas["CertificateView"];
/** What an edit may change of songs. An empty text or list, or a number of 0, takes something away. */
export type SongChange = Schemas["SongChanges"];
/** An edit of songs that is kept. */
export type Edit = Schemas["EditView"];
export type EditedSongs = Schemas["EditedSongsView"];
/** What became of writing tags into one file. */
export type Written = Schemas["WrittenView"];
export type FieldFault = Schemas["Detail"];
export type SongQuery = Query<"listSongs">;
/** Which part of a list is asked for. */
export type PageQuery = Pick<SongQuery, "limit" | "offset" | "cursor">;
export type AlbumQuery = Query<"listAlbums">;
export type ArtistQuery = Query<"listArtists">;
export type SignInBody = Schemas["LoginBody"];
export type SignUpBody = Schemas["RegisterBody"];
/** An account as admins see it. */
export type Member = Schemas["HousemateView"];
export type MemberChange = Schemas["UserBody"];
export type Invite = Schemas["InviteView"];
export type InviteDraft = Schemas["InviteBody"];
/** An invitation just made, with its link. */
export type MadeInvite = Schemas["InviteMadeView"];
/** A session of anybody. */
export type HouseSession = Schemas["HouseSessionView"];
export type AuditEvent = Schemas["EventView"];
