import type { Album, Artist, Library, PlaybackState, Playlist, PlaylistSong, Song, User } from "@/api/types";

export const user: User = {
  id: 1,
  username: "jo_vance",
  email: "jo@example.org",
  displayName: "Jo Vance",
  avatarUrl: null,
  role: "member",
  createdAt: "2026-03-04T12:00:00Z",
};

/** A song of the API; give it what a test is about. */
export function song(id: number, change: Partial<Song> = {}): Song {
  return {
    id,
    title: `Song ${id}`,
    artist: "Marit Sølvberg",
    album: "Stairwell Songs",
    albumId: 1,
    artists: [{ id: 1, name: "Marit Sølvberg", role: "artist" }],
    duration: 200,
    genre: "Jazz",
    genres: ["Jazz"],
    year: 1961,
    track: id,
    disc: 1,
    bitRate: 921,
    sampleRate: 44100,
    format: "flac",
    size: 28_400_000,
    coverUrl: null,
    coverHue: 60,
    libraryId: 1,
    uploadedBy: 1,
    createdAt: "2026-03-04T12:00:00Z",
    liked: false,
    rating: 0,
    plays: 0,
    lastPlayed: null,
    missing: false,
    channels: 2,
    bitDepth: 16,
    ...change,
  };
}

/** A song in a playlist; its entry is a hundred times its number. */
export function playlistSong(id: number, change: Partial<PlaylistSong> = {}): PlaylistSong {
  return { ...song(id), entryId: id * 100, addedAt: "2026-03-05T12:00:00Z", ...change };
}

/** One's own playlist of three songs. */
export function playlist(id: number, change: Partial<Playlist> = {}): Playlist {
  return {
    id,
    name: `Playlist ${id}`,
    description: "",
    isPublic: false,
    owner: { id: 1, username: "jo_vance", displayName: "Jo Vance" },
    mine: true,
    songCount: 3,
    duration: 600,
    revision: 4,
    coverUrls: [],
    coverHue: 60,
    createdAt: "2026-03-04T12:00:00Z",
    updatedAt: "2026-03-05T12:00:00Z",
    ...change,
  };
}

/** An album of the API. */
export function album(id: number, change: Partial<Album> = {}): Album {
  return {
    id,
    title: `Album ${id}`,
    artist: "Marit Sølvberg",
    artists: [{ id: 1, name: "Marit Sølvberg", role: "artist" }],
    year: 1961,
    songCount: 9,
    duration: 1800,
    coverUrl: null,
    coverHue: 60,
    genres: ["Jazz"],
    isCompilation: false,
    kind: "album",
    libraryId: 1,
    createdAt: "2026-03-04T12:00:00Z",
    liked: false,
    rating: 0,
    plays: 0,
    ...change,
  };
}

/** An artist of the API. */
export function artist(id: number, change: Partial<Artist> = {}): Artist {
  return {
    id,
    name: `Artist ${id}`,
    sortName: `Artist ${id}`,
    albumCount: 2,
    songCount: 18,
    coverUrl: null,
    coverHue: 60,
    liked: false,
    rating: 0,
    plays: 0,
    ...change,
  };
}

/** A library for uploads that everybody hears, as an admin sees it. */
export function library(id: number, name: string, change: Partial<Library> = {}): Library {
  const admin = { path: null, configured: false, problem: null, granted: [] };
  const heard = { isOpen: true, isOwn: false, isHeard: true, mayUpload: true };
  return { id, name, kind: "uploads", songCount: 12, size: 120_000_000, ...heard, admin, ...change };
}

/** What a listener has who never played anything. */
export const freshPlayback: PlaybackState = {
  revision: 0,
  queueRevision: 0,
  currentSongId: null,
  currentEntryId: null,
  position: 0,
  positionAt: null,
  serverTime: "2026-01-01T00:00:00Z",
  isPlaying: false,
  volume: 0.8,
  playbackSpeed: 1,
  pitchShift: 0,
  stemsConfig: { vocals: true, drums: true, bass: true, other: true },
  queue: [],
  queueIndex: null,
  repeat: "off",
  shuffle: false,
  activeDeviceId: null,
  writtenBy: null,
  transfer: null,
  updatedAt: null,
};
