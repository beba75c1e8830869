-- +goose Up
-- What a listener's players call themselves. An id is made by the client and is its user's own.
CREATE TABLE playback_devices (
  user_id      INTEGER NOT NULL REFERENCES users (id) ON DELETE CASCADE,
  id           TEXT NOT NULL,
  name         TEXT NOT NULL,
  kind         TEXT NOT NULL CHECK (kind IN ('desktop', 'phone', 'tablet', 'web', 'speaker', 'other')),
  created_at   INTEGER NOT NULL,
  last_seen_at INTEGER NOT NULL,
  PRIMARY KEY (user_id, id)
);

-- The queue beside the state: the state is written every few seconds, the queue seldom, and it may be long.
-- A state that was last written before there was this table has its queue inside.
CREATE TABLE playback_queues (
  user_id INTEGER PRIMARY KEY REFERENCES users (id) ON DELETE CASCADE,
  items   TEXT NOT NULL
);

-- +goose Down
DROP TABLE playback_queues;
DROP TABLE playback_devices;
