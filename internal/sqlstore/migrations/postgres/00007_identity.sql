-- +goose Up
-- Which database this is: a data folder that belongs to another one is not swept. There is one row at most.
CREATE TABLE database_identity (
  only_row   BIGINT PRIMARY KEY CHECK (only_row = 1),
  id         TEXT NOT NULL,
  created_at BIGINT NOT NULL
);

-- +goose Down
DROP TABLE database_identity;
