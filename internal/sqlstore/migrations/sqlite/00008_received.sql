-- +goose Up
-- What a song was uploaded as, where tags were written into its file since: the same upload is a duplicate still.
ALTER TABLE songs ADD COLUMN received_hash BLOB;
CREATE INDEX songs_received_hash ON songs (received_hash) WHERE received_hash IS NOT NULL;

-- +goose Down
DROP INDEX songs_received_hash;
ALTER TABLE songs DROP COLUMN received_hash;
