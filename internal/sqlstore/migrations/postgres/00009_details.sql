-- +goose Up
-- More of what a file says of its song. There is a row only where there is something; ids of MusicBrainz are their
-- sixteen bytes.
CREATE TABLE song_details (
  song_id        BIGINT PRIMARY KEY REFERENCES songs (id) ON DELETE CASCADE,
  date           TEXT,
  original_date  TEXT,
  track_total    INTEGER,
  disc_total     INTEGER,
  title_sort     TEXT,
  album_sort     TEXT,
  recording_mbid BYTEA,
  track_gain     DOUBLE PRECISION,
  track_peak     DOUBLE PRECISION,
  album_gain     DOUBLE PRECISION,
  album_peak     DOUBLE PRECISION
);

CREATE TABLE song_lyrics (
  song_id BIGINT PRIMARY KEY REFERENCES songs (id) ON DELETE CASCADE,
  plain   TEXT,
  synced  TEXT
);

-- The version of the readers that a song was read with: those of an older one are read again.
ALTER TABLE songs ADD COLUMN read_version SMALLINT NOT NULL DEFAULT 0;
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

ALTER TABLE song_artists DROP CONSTRAINT song_artists_role_check;
ALTER TABLE song_artists ADD CONSTRAINT song_artists_role_check
  CHECK (role IN ('artist', 'albumArtist', 'featured', 'remixer', 'composer'));

-- Covers that a scan found and nobody decoded yet.
CREATE INDEX covers_new ON covers (id) WHERE hue = -1;

-- What stood in a folder when all of it was in the catalogue: a sum over names, sizes and times.
CREATE TABLE scan_folders (
  library_id BIGINT NOT NULL REFERENCES libraries (id) ON DELETE CASCADE,
  path       TEXT NOT NULL,
  listing    BIGINT NOT NULL,
  PRIMARY KEY (library_id, path)
);

-- +goose Down
DROP TABLE scan_folders;
DROP INDEX covers_new;
UPDATE covers SET hue = 70 WHERE hue = -1;
INSERT INTO song_artists (song_id, artist_id, role, position)
  SELECT song_id, artist_id, 'artist', 1000 + position FROM song_artists WHERE role = 'featured'
  ON CONFLICT (song_id, artist_id, role) DO NOTHING;
DELETE FROM song_artists WHERE role NOT IN ('artist', 'albumArtist');
ALTER TABLE song_artists DROP CONSTRAINT song_artists_role_check;
ALTER TABLE song_artists ADD CONSTRAINT song_artists_role_check CHECK (role IN ('artist', 'albumArtist'));
ALTER TABLE albums DROP COLUMN release_group_mbid;
ALTER TABLE albums DROP COLUMN mbid;
ALTER TABLE albums DROP COLUMN kind;
DROP INDEX artists_mbid;
ALTER TABLE artists DROP COLUMN mbid;
DROP INDEX songs_missing;
ALTER TABLE songs DROP COLUMN read_version;
DROP TABLE song_lyrics;
DROP TABLE song_details;
