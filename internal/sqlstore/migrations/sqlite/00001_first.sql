-- +goose Up
-- Times are UTC in milliseconds since 1970, lengths in milliseconds. A *_key column is a folded text
-- (library.Fold) that sorts and compares by bytes.

CREATE TABLE users (
  id            INTEGER PRIMARY KEY AUTOINCREMENT,
  username      TEXT NOT NULL,
  username_key  TEXT NOT NULL UNIQUE,
  email         TEXT NOT NULL UNIQUE,
  password_hash TEXT NOT NULL,
  display_name  TEXT NOT NULL,
  avatar_url    TEXT NOT NULL,
  role          TEXT NOT NULL CHECK (role IN ('admin', 'member')),
  created_at    INTEGER NOT NULL
);

-- A session is one signed-in client: the web client by its cookie, any other by a family of refresh tokens.
CREATE TABLE sessions (
  id           INTEGER PRIMARY KEY AUTOINCREMENT,
  user_id      INTEGER NOT NULL REFERENCES users (id) ON DELETE CASCADE,
  cookie_hash  BLOB UNIQUE,
  user_agent   TEXT NOT NULL,
  ip           TEXT NOT NULL,
  created_at   INTEGER NOT NULL,
  last_seen_at INTEGER NOT NULL,
  expires_at   INTEGER NOT NULL
);
CREATE INDEX sessions_user ON sessions (user_id);

CREATE TABLE refresh_tokens (
  hash       BLOB PRIMARY KEY,
  session_id INTEGER NOT NULL REFERENCES sessions (id) ON DELETE CASCADE,
  created_at INTEGER NOT NULL,
  used_at    INTEGER
);
CREATE INDEX refresh_tokens_session ON refresh_tokens (session_id);

CREATE TABLE libraries (
  id         INTEGER PRIMARY KEY AUTOINCREMENT,
  kind       TEXT NOT NULL CHECK (kind IN ('folder', 'uploads', 'private')),
  name       TEXT NOT NULL,
  path       TEXT UNIQUE,
  owner_id   INTEGER REFERENCES users (id) ON DELETE CASCADE,
  is_open    BOOLEAN NOT NULL,
  created_at INTEGER NOT NULL
);
CREATE INDEX libraries_owner ON libraries (owner_id);

CREATE TABLE library_grants (
  library_id INTEGER NOT NULL REFERENCES libraries (id) ON DELETE CASCADE,
  user_id    INTEGER NOT NULL REFERENCES users (id) ON DELETE CASCADE,
  PRIMARY KEY (library_id, user_id)
);
CREATE INDEX library_grants_user ON library_grants (user_id);

CREATE TABLE covers (
  id         INTEGER PRIMARY KEY AUTOINCREMENT,
  hash       TEXT NOT NULL UNIQUE,
  media_type TEXT NOT NULL,
  width      INTEGER NOT NULL,
  height     INTEGER NOT NULL,
  hue        INTEGER NOT NULL,
  created_at INTEGER NOT NULL
);

CREATE TABLE artists (
  id         INTEGER PRIMARY KEY AUTOINCREMENT,
  key        TEXT NOT NULL UNIQUE,
  name       TEXT NOT NULL,
  sort_name  TEXT NOT NULL,
  sort_key   TEXT NOT NULL,
  created_at INTEGER NOT NULL
);
CREATE INDEX artists_sort ON artists (sort_key, id);

CREATE TABLE genres (
  id   INTEGER PRIMARY KEY AUTOINCREMENT,
  key  TEXT NOT NULL UNIQUE,
  name TEXT NOT NULL
);

-- An album stands in one library; the same record in two libraries is two albums.
CREATE TABLE albums (
  id             INTEGER PRIMARY KEY AUTOINCREMENT,
  library_id     INTEGER NOT NULL REFERENCES libraries (id) ON DELETE CASCADE,
  key            TEXT NOT NULL,
  title          TEXT NOT NULL,
  title_key      TEXT NOT NULL,
  artist         TEXT NOT NULL,
  artist_key     TEXT NOT NULL,
  year           INTEGER NOT NULL,
  song_count     INTEGER NOT NULL,
  duration       INTEGER NOT NULL,
  cover_id       INTEGER REFERENCES covers (id),
  is_compilation BOOLEAN NOT NULL,
  shuffle        INTEGER NOT NULL,
  created_at     INTEGER NOT NULL,
  UNIQUE (library_id, key)
);
CREATE INDEX albums_title ON albums (title_key, id);
CREATE INDEX albums_artist ON albums (artist_key, id);
CREATE INDEX albums_year ON albums (year, id);
CREATE INDEX albums_created ON albums (created_at, id);

CREATE TABLE album_artists (
  album_id  INTEGER NOT NULL REFERENCES albums (id) ON DELETE CASCADE,
  artist_id INTEGER NOT NULL REFERENCES artists (id),
  position  INTEGER NOT NULL,
  PRIMARY KEY (album_id, artist_id)
);
CREATE INDEX album_artists_artist ON album_artists (artist_id, album_id);

-- A song's bytes are an object of the store (object_key, for uploads) or a file below its library's
-- folder (path). A file that vanished keeps its row and gets missing_since.
CREATE TABLE songs (
  id            INTEGER PRIMARY KEY AUTOINCREMENT,
  library_id    INTEGER NOT NULL REFERENCES libraries (id) ON DELETE CASCADE,
  album_id      INTEGER REFERENCES albums (id),
  title         TEXT NOT NULL,
  title_key     TEXT NOT NULL,
  artist        TEXT NOT NULL,
  artist_key    TEXT NOT NULL,
  album         TEXT NOT NULL,
  album_key     TEXT NOT NULL,
  search_text   TEXT NOT NULL,
  year          INTEGER NOT NULL,
  track         INTEGER NOT NULL,
  disc          INTEGER NOT NULL,
  duration      INTEGER NOT NULL,
  bit_rate      INTEGER NOT NULL,
  sample_rate   INTEGER NOT NULL,
  channels      INTEGER NOT NULL,
  bit_depth     INTEGER NOT NULL,
  format        TEXT NOT NULL,
  size          INTEGER NOT NULL,
  cover_id      INTEGER REFERENCES covers (id),
  uploaded_by   INTEGER REFERENCES users (id) ON DELETE SET NULL,
  object_key    TEXT,
  path          TEXT,
  modified_at   INTEGER NOT NULL,
  content_hash  BLOB,
  audio_hash    BLOB,
  shuffle       INTEGER NOT NULL,
  missing_since INTEGER,
  created_at    INTEGER NOT NULL,
  updated_at    INTEGER NOT NULL,
  UNIQUE (library_id, path),
  CHECK ((object_key IS NULL) <> (path IS NULL))
);
-- Counts are asked with every list.
CREATE INDEX songs_present ON songs (library_id) WHERE missing_since IS NULL;
CREATE INDEX songs_title ON songs (title_key, id);
CREATE INDEX songs_artist ON songs (artist_key, id);
CREATE INDEX songs_album ON songs (album_key, disc, track, id);
CREATE INDEX songs_album_id ON songs (album_id, disc, track, id);
CREATE INDEX songs_year ON songs (year, id);
CREATE INDEX songs_duration ON songs (duration, id);
CREATE INDEX songs_created ON songs (created_at, id);
CREATE INDEX songs_shuffle ON songs (shuffle, id);
CREATE INDEX songs_content_hash ON songs (content_hash);
CREATE INDEX songs_audio_hash ON songs (audio_hash);
CREATE INDEX songs_object ON songs (object_key);
CREATE INDEX songs_cover ON songs (cover_id);

CREATE TABLE song_artists (
  song_id   INTEGER NOT NULL REFERENCES songs (id) ON DELETE CASCADE,
  artist_id INTEGER NOT NULL REFERENCES artists (id),
  role      TEXT NOT NULL CHECK (role IN ('artist', 'albumArtist')),
  position  INTEGER NOT NULL,
  PRIMARY KEY (song_id, artist_id, role)
);
CREATE INDEX song_artists_artist ON song_artists (artist_id, song_id);

CREATE TABLE song_genres (
  song_id  INTEGER NOT NULL REFERENCES songs (id) ON DELETE CASCADE,
  genre_id INTEGER NOT NULL REFERENCES genres (id),
  position INTEGER NOT NULL,
  PRIMARY KEY (song_id, genre_id)
);
CREATE INDEX song_genres_genre ON song_genres (genre_id, song_id);

-- What one listener thinks of a song, an album, an artist. A row without a like, a rating and a play is not kept.
CREATE TABLE song_marks (
  user_id     INTEGER NOT NULL REFERENCES users (id) ON DELETE CASCADE,
  song_id     INTEGER NOT NULL REFERENCES songs (id) ON DELETE CASCADE,
  liked_at    INTEGER,
  rating      INTEGER NOT NULL DEFAULT 0,
  plays       INTEGER NOT NULL DEFAULT 0,
  last_played INTEGER,
  PRIMARY KEY (user_id, song_id)
);
CREATE INDEX song_marks_plays ON song_marks (user_id, plays, song_id);

CREATE TABLE album_marks (
  user_id  INTEGER NOT NULL REFERENCES users (id) ON DELETE CASCADE,
  album_id INTEGER NOT NULL REFERENCES albums (id) ON DELETE CASCADE,
  liked_at INTEGER,
  rating   INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (user_id, album_id)
);

CREATE TABLE artist_marks (
  user_id   INTEGER NOT NULL REFERENCES users (id) ON DELETE CASCADE,
  artist_id INTEGER NOT NULL REFERENCES artists (id) ON DELETE CASCADE,
  liked_at  INTEGER,
  rating    INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (user_id, artist_id)
);

CREATE TABLE listens (
  id       INTEGER PRIMARY KEY AUTOINCREMENT,
  user_id  INTEGER NOT NULL REFERENCES users (id) ON DELETE CASCADE,
  song_id  INTEGER NOT NULL REFERENCES songs (id) ON DELETE CASCADE,
  at       INTEGER NOT NULL,
  duration INTEGER NOT NULL
);
CREATE INDEX listens_user ON listens (user_id, at);

CREATE TABLE playlists (
  id          INTEGER PRIMARY KEY AUTOINCREMENT,
  owner_id    INTEGER NOT NULL REFERENCES users (id) ON DELETE CASCADE,
  name        TEXT NOT NULL,
  description TEXT NOT NULL,
  is_public   BOOLEAN NOT NULL,
  revision    INTEGER NOT NULL,
  created_at  INTEGER NOT NULL,
  updated_at  INTEGER NOT NULL
);
CREATE INDEX playlists_owner ON playlists (owner_id);

CREATE TABLE playlist_entries (
  id          INTEGER PRIMARY KEY AUTOINCREMENT,
  playlist_id INTEGER NOT NULL REFERENCES playlists (id) ON DELETE CASCADE,
  song_id     INTEGER NOT NULL REFERENCES songs (id) ON DELETE CASCADE,
  position    INTEGER NOT NULL,
  added_by    INTEGER REFERENCES users (id) ON DELETE SET NULL,
  added_at    INTEGER NOT NULL
);
CREATE INDEX playlist_entries_order ON playlist_entries (playlist_id, position, id);
CREATE INDEX playlist_entries_song ON playlist_entries (song_id);

-- The playback state is one document per user; revision grows by one with each write.
CREATE TABLE playback_states (
  user_id    INTEGER PRIMARY KEY REFERENCES users (id) ON DELETE CASCADE,
  revision   INTEGER NOT NULL,
  state      TEXT NOT NULL,
  updated_at INTEGER NOT NULL
);

CREATE TABLE scan_errors (
  id         INTEGER PRIMARY KEY AUTOINCREMENT,
  library_id INTEGER NOT NULL REFERENCES libraries (id) ON DELETE CASCADE,
  path       TEXT NOT NULL,
  reason     TEXT NOT NULL,
  at         INTEGER NOT NULL,
  UNIQUE (library_id, path)
);

-- Search: the folded text of each song, kept beside the table by triggers.
CREATE VIRTUAL TABLE song_search USING fts5 (search_text, content = 'songs', content_rowid = 'id', tokenize = 'unicode61', prefix = '1 2 3');
-- +goose StatementBegin
CREATE TRIGGER songs_search_insert AFTER INSERT ON songs BEGIN
  INSERT INTO song_search (rowid, search_text) VALUES (new.id, new.search_text);
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER songs_search_delete AFTER DELETE ON songs BEGIN
  INSERT INTO song_search (song_search, rowid, search_text) VALUES ('delete', old.id, old.search_text);
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER songs_search_update AFTER UPDATE OF search_text ON songs BEGIN
  INSERT INTO song_search (song_search, rowid, search_text) VALUES ('delete', old.id, old.search_text);
  INSERT INTO song_search (rowid, search_text) VALUES (new.id, new.search_text);
END;
-- +goose StatementEnd

-- +goose Down
DROP TABLE song_search;
DROP TABLE scan_errors;
DROP TABLE playback_states;
DROP TABLE playlist_entries;
DROP TABLE playlists;
DROP TABLE listens;
DROP TABLE artist_marks;
DROP TABLE album_marks;
DROP TABLE song_marks;
DROP TABLE song_genres;
DROP TABLE song_artists;
DROP TABLE songs;
DROP TABLE album_artists;
DROP TABLE albums;
DROP TABLE genres;
DROP TABLE artists;
DROP TABLE covers;
DROP TABLE library_grants;
DROP TABLE libraries;
DROP TABLE refresh_tokens;
DROP TABLE sessions;
DROP TABLE users;
