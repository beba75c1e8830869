-- +goose Up
-- An upload that arrives in pieces: how far it is, and what came of it. Its bytes are a file of the object
-- store until then. form is a document: the fields that stand beside the file.
CREATE TABLE uploads (
  id          INTEGER PRIMARY KEY AUTOINCREMENT,
  owner_id    INTEGER NOT NULL REFERENCES users (id) ON DELETE CASCADE,
  file        TEXT NOT NULL UNIQUE,
  name        TEXT NOT NULL,
  fingerprint TEXT NOT NULL,
  form        TEXT NOT NULL,
  size        INTEGER NOT NULL,
  received    INTEGER NOT NULL,
  state       TEXT NOT NULL CHECK (state IN ('receiving', 'processing', 'done', 'duplicate', 'refused')),
  code        TEXT NOT NULL,
  reason      TEXT NOT NULL,
  notes       TEXT NOT NULL,
  song_id     INTEGER REFERENCES songs (id) ON DELETE SET NULL,
  created_at  INTEGER NOT NULL,
  expires_at  INTEGER NOT NULL
);
CREATE INDEX uploads_owner ON uploads (owner_id, id);
CREATE INDEX uploads_expires ON uploads (expires_at);
CREATE INDEX uploads_song ON uploads (song_id);

-- +goose Down
DROP TABLE uploads;
