-- +goose Up
-- When the user last proved to be the one; 0 where that counts no more.
ALTER TABLE sessions ADD COLUMN confirmed_at INTEGER NOT NULL DEFAULT 0;
UPDATE sessions SET confirmed_at = created_at;

-- A user's second factor; enabled_at is empty while it is being set up. The secret is sealed with a key that is
-- not in the database. last_step is the newest time step whose code was used: none up to it is good again.
CREATE TABLE factors (
  user_id    INTEGER PRIMARY KEY REFERENCES users (id) ON DELETE CASCADE,
  secret     BLOB NOT NULL,
  started_at INTEGER NOT NULL,
  enabled_at INTEGER,
  last_step  INTEGER NOT NULL
);

-- A code that was used is gone.
CREATE TABLE recovery_codes (
  user_id INTEGER NOT NULL REFERENCES factors (user_id) ON DELETE CASCADE,
  hash    BLOB NOT NULL,
  PRIMARY KEY (user_id, hash)
);

CREATE TABLE api_keys (
  id           INTEGER PRIMARY KEY AUTOINCREMENT,
  user_id      INTEGER NOT NULL REFERENCES users (id) ON DELETE CASCADE,
  hash         BLOB NOT NULL UNIQUE,
  prefix       TEXT NOT NULL,
  name         TEXT NOT NULL,
  scope        TEXT NOT NULL CHECK (scope IN ('read', 'write')),
  created_at   INTEGER NOT NULL,
  last_used_at INTEGER,
  expires_at   INTEGER
);
CREATE INDEX api_keys_user ON api_keys (user_id);

-- +goose Down
DROP TABLE api_keys;
DROP TABLE recovery_codes;
DROP TABLE factors;
ALTER TABLE sessions DROP COLUMN confirmed_at;
