-- +goose Up
-- What reading a song's whole file gave, for the bytes that had this size and time: a song whose row is of others, or
-- of another version of the measuring, is due. failure says why a file could not be measured, note why something is
-- missing. The waveform and the index are in forms of our own.
CREATE TABLE song_sounds (
  song_id        INTEGER PRIMARY KEY REFERENCES songs (id) ON DELETE CASCADE,
  version        INTEGER NOT NULL,
  of_size        INTEGER NOT NULL,
  of_modified_at INTEGER NOT NULL,
  content_hash   BLOB,
  sample_rate    INTEGER NOT NULL,
  start_trim     INTEGER NOT NULL,
  total_samples  INTEGER NOT NULL,
  trim_source    TEXT NOT NULL CHECK (trim_source IN ('lame', 'elst', 'itunsmpb', 'opus', 'vorbis', 'exact', 'none')),
  loudness       REAL,
  true_peak      REAL,
  failure        TEXT,
  note           TEXT,
  measured_at    INTEGER NOT NULL,
  peaks          BLOB,
  seek_index     BLOB
);
CREATE INDEX song_sounds_failed ON song_sounds (measured_at) WHERE failure IS NOT NULL;

-- Songs that somebody is measuring. A claim that has ended is nobody's.
CREATE TABLE sound_claims (
  song_id INTEGER PRIMARY KEY REFERENCES songs (id) ON DELETE CASCADE,
  holder  TEXT NOT NULL,
  until   INTEGER NOT NULL
);

-- +goose Down
DROP TABLE sound_claims;
DROP TABLE song_sounds;
