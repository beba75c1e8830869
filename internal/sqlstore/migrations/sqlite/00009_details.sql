-- +goose Up
-- More of what a file says of its song. There is a row only where there is something; ids of MusicBrainz are their
-- sixteen bytes.
CREATE TABLE song_details (
  song_id        INTEGER PRIMARY KEY REFERENCES songs (id) ON DELETE CASCADE,
  date           TEXT,
  original_date  TEXT,
  track_total    INTEGER,
  disc_total     INTEGER,
  title_sort     TEXT,
  album_sort     TEXT,
  recording_mbid BLOB,
  track_gain     REAL,
  track_peak     REAL,
  album_gain     REAL,
  album_peak     REAL
);

CREATE TABLE song_lyrics (
  song_id INTEGER PRIMARY KEY REFERENCES songs (id) ON DELETE CASCADE,
  plain   TEXT,
  synced  TEXT
);

-- The version of the readers that a song was read with: those of an older one are read again.
ALTER TABLE songs ADD COLUMN read_version INTEGER NOT NULL DEFAULT 0;
-- Missing songs are few, and every scan asks for them.
CREATE INDEX songs_missing ON songs (library_id, missing_since) WHERE missing_since IS NOT NULL;

-- An artist first known by a name gets the id of MusicBrainz when a file brings it. A second one of that name has a
-- key of its own.
ALTER TABLE artists ADD COLUMN mbid TEXT;
CREATE UNIQUE INDEX artists_mbid ON artists (mbid) WHERE mbid IS NOT NULL;

ALTER TABLE albums ADD COLUMN kind TEXT NOT NULL DEFAULT 'album'
  CHECK (kind IN ('album', 'ep', 'single', 'compilation', 'live', 'soundtrack', 'other'));
ALTER TABLE albums ADD COLUMN mbid TEXT;
ALTER TABLE albums ADD COLUMN release_group_mbid TEXT;
UPDATE albums SET kind = 'compilation' WHERE is_compilation;

CREATE TABLE song_credits (
  song_id   INTEGER NOT NULL REFERENCES songs (id) ON DELETE CASCADE,
  artist_id INTEGER NOT NULL REFERENCES artists (id),
  role      TEXT NOT NULL CHECK (role IN ('artist', 'albumArtist', 'featured', 'remixer', 'composer')),
  position  INTEGER NOT NULL,
  PRIMARY KEY (song_id, artist_id, role)
) WITHOUT ROWID;
INSERT INTO song_credits (song_id, artist_id, role, position) SELECT song_id, artist_id, role, position FROM song_artists;
DROP TABLE song_artists;
ALTER TABLE song_credits RENAME TO song_artists;
CREATE INDEX song_artists_artist ON song_artists (artist_id, song_id);

-- Covers that a scan found and nobody decoded yet.
CREATE INDEX covers_new ON covers (id) WHERE hue = -1;

-- What stood in a folder when all of it was in the catalogue: a sum over names, sizes and times.
CREATE TABLE scan_folders (
  library_id INTEGER NOT NULL REFERENCES libraries (id) ON DELETE CASCADE,
  path       TEXT NOT NULL,
  listing    INTEGER NOT NULL,
  PRIMARY KEY (library_id, path)
) WITHOUT ROWID;

-- +goose Down
DROP TABLE scan_folders;
DROP INDEX covers_new;
UPDATE covers SET hue = 70 WHERE hue = -1;
CREATE TABLE song_credits (
  song_id   INTEGER NOT NULL REFERENCES songs (id) ON DELETE CASCADE,
  artist_id INTEGER NOT NULL REFERENCES artists (id),
  role      TEXT NOT NULL CHECK (role IN ('artist', 'albumArtist')),
  position  INTEGER NOT NULL,
  PRIMARY KEY (song_id, artist_id, role)
);
INSERT INTO song_credits (song_id, artist_id, role, position)
  SELECT song_id, artist_id, role, position FROM song_artists WHERE role IN ('artist', 'albumArtist');
INSERT INTO song_credits (song_id, artist_id, role, position)
  SELECT song_id, artist_id, 'artist', 1000 + position FROM song_artists WHERE role = 'featured'
  ON CONFLICT (song_id, artist_id, role) DO NOTHING;
DROP TABLE song_artists;
ALTER TABLE song_credits RENAME TO song_artists;
CREATE INDEX song_artists_artist ON song_artists (artist_id, song_id);
ALTER TABLE albums DROP COLUMN release_group_mbid;
ALTER TABLE albums DROP COLUMN mbid;
ALTER TABLE albums DROP COLUMN kind;
DROP INDEX artists_mbid;
ALTER TABLE artists DROP COLUMN mbid;
DROP INDEX songs_missing;
ALTER TABLE songs DROP COLUMN read_version;
DROP TABLE song_lyrics;
DROP TABLE song_details;
