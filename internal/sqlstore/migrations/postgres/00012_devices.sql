-- +goose Up
-- What a listener's players call themselves. An id is made by the client and is its user's own.
CREATE TABLE playback_devices (
  user_id      BIGINT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
  id           TEXT COLLATE "C" NOT NULL,
  name         TEXT COLLATE "C" NOT NULL,
  kind         TEXT COLLATE "C" NOT NULL CHECK (kind IN ('desktop', 'phone', 'tablet', 'web', 'speaker', 'other')),
  created_at   BIGINT NOT NULL,
  last_seen_at BIGINT NOT NULL,
  PRIMARY KEY (user_id, id)
);

-- The queue beside the state: the state is written every few seconds, the queue seldom, and it may be long.
-- A state that was last written before there was this table has its queue inside.
CREATE TABLE playback_queues (
  user_id BIGINT PRIMARY KEY REFERENCES users (id) ON DELETE CASCADE,
  items   TEXT NOT NULL
);

-- +goose Down
DROP TABLE playback_queues;
DROP TABLE playback_devices;
