-- +goose Up
ALTER TABLE users ADD COLUMN disabled_at INTEGER;
ALTER TABLE users ADD COLUMN last_seen_at INTEGER;

-- An invitation works while uses < max_uses, before expires_at, and while its maker is an enabled admin.
CREATE TABLE invites (
  id         INTEGER PRIMARY KEY AUTOINCREMENT,
  token_hash BLOB NOT NULL UNIQUE,
  label      TEXT NOT NULL,
  role       TEXT NOT NULL CHECK (role IN ('admin', 'member')),
  max_uses   INTEGER NOT NULL,
  uses       INTEGER NOT NULL,
  created_by INTEGER NOT NULL REFERENCES users (id) ON DELETE CASCADE,
  created_at INTEGER NOT NULL,
  expires_at INTEGER NOT NULL
);
CREATE INDEX invites_maker ON invites (created_by);

CREATE TABLE invite_libraries (
  invite_id  INTEGER NOT NULL REFERENCES invites (id) ON DELETE CASCADE,
  library_id INTEGER NOT NULL REFERENCES libraries (id) ON DELETE CASCADE,
  PRIMARY KEY (invite_id, library_id)
);
CREATE INDEX invite_libraries_library ON invite_libraries (library_id);

-- The audit log. It refers to nothing, so that it outlives what it tells of.
CREATE TABLE audit (
  id          INTEGER PRIMARY KEY AUTOINCREMENT,
  at          INTEGER NOT NULL,
  action      TEXT NOT NULL,
  outcome     TEXT NOT NULL,
  actor_id    INTEGER,
  actor_name  TEXT NOT NULL,
  target_kind TEXT NOT NULL,
  target_id   INTEGER,
  target_name TEXT NOT NULL,
  ip          TEXT NOT NULL,
  user_agent  TEXT NOT NULL,
  detail      TEXT NOT NULL
);
CREATE INDEX audit_at ON audit (at);
CREATE INDEX audit_action ON audit (action, id);
CREATE INDEX audit_actor ON audit (actor_id, id);
CREATE INDEX audit_target ON audit (target_kind, target_id, id);

-- Objects of accounts that were deleted, until the files are gone as well.
CREATE TABLE freed_objects (
  key TEXT PRIMARY KEY
);

-- +goose Down
DROP TABLE freed_objects;
DROP TABLE audit;
DROP TABLE invite_libraries;
DROP TABLE invites;
ALTER TABLE users DROP COLUMN last_seen_at;
ALTER TABLE users DROP COLUMN disabled_at;
