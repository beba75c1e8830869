-- +goose Up

-- Every change people made of songs, so that it can be taken back. Times are milliseconds.
CREATE TABLE edits (
  id         INTEGER PRIMARY KEY AUTOINCREMENT,
  kind       TEXT NOT NULL CHECK (kind IN ('songs', 'mergeArtists', 'splitArtist', 'mergeAlbums', 'splitAlbum')),
  user_id    INTEGER REFERENCES users (id) ON DELETE SET NULL,
  at         INTEGER NOT NULL,
  summary    TEXT NOT NULL,
  song_count INTEGER NOT NULL,
  undone_at  INTEGER,
  undone_by  INTEGER REFERENCES users (id) ON DELETE SET NULL
);
CREATE INDEX edits_user ON edits (user_id, id);

-- What an edit did to one field of one song. NULL is the file's own value; all others are JSON.
CREATE TABLE edit_changes (
  edit_id      INTEGER NOT NULL REFERENCES edits (id) ON DELETE CASCADE,
  song_id      INTEGER NOT NULL REFERENCES songs (id) ON DELETE CASCADE,
  field        TEXT NOT NULL,
  before_value TEXT,
  after_value  TEXT,
  PRIMARY KEY (edit_id, song_id, field)
);
CREATE INDEX edit_changes_song ON edit_changes (song_id, field, edit_id);
CREATE INDEX edit_changes_cover_before ON edit_changes (before_value) WHERE field = 'cover';
CREATE INDEX edit_changes_cover_after ON edit_changes (after_value) WHERE field = 'cover';

-- What an edit did to the rule of an artist's name. NULL is no rule.
CREATE TABLE edit_rules (
  edit_id      INTEGER NOT NULL REFERENCES edits (id) ON DELETE CASCADE,
  alias_key    TEXT NOT NULL,
  before_names TEXT,
  after_names  TEXT,
  PRIMARY KEY (edit_id, alias_key)
);
CREATE INDEX edit_rules_alias ON edit_rules (alias_key, edit_id);

-- Albums that an edit emptied: they stay, unseen, as long as it can be taken back.
CREATE TABLE edit_albums (
  edit_id  INTEGER NOT NULL REFERENCES edits (id) ON DELETE CASCADE,
  album_id INTEGER NOT NULL REFERENCES albums (id) ON DELETE CASCADE,
  PRIMARY KEY (edit_id, album_id)
);
CREATE INDEX edit_albums_album ON edit_albums (album_id);

-- What people chose for a song, laid over what its file says.
CREATE TABLE song_edits (
  song_id INTEGER NOT NULL REFERENCES songs (id) ON DELETE CASCADE,
  field   TEXT NOT NULL,
  value   TEXT NOT NULL,
  PRIMARY KEY (song_id, field)
);
CREATE INDEX song_edits_cover ON song_edits (value) WHERE field = 'cover';

-- What a file says, of songs whose row says something else.
CREATE TABLE song_origins (
  song_id INTEGER PRIMARY KEY REFERENCES songs (id) ON DELETE CASCADE,
  cover   TEXT NOT NULL,
  said    TEXT NOT NULL
);
CREATE INDEX song_origins_cover ON song_origins (cover);

-- Artists that go by another name, or are several. names is a JSON list.
CREATE TABLE artist_rules (
  alias_key TEXT PRIMARY KEY,
  names     TEXT NOT NULL
);

-- +goose Down
DROP TABLE artist_rules;
DROP TABLE song_origins;
DROP TABLE song_edits;
DROP TABLE edit_albums;
DROP TABLE edit_rules;
DROP TABLE edit_changes;
DROP TABLE edits;
