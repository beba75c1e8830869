-- +goose Up
-- Bytes of songs a member may have uploaded: NULL follows the server's default, -1 is without a limit.
ALTER TABLE users ADD COLUMN upload_quota BIGINT;
-- Sums of sizes are asked with every upload and every list of libraries.
CREATE INDEX songs_uploader ON songs (uploaded_by, size) WHERE uploaded_by IS NOT NULL;
CREATE INDEX songs_library_size ON songs (library_id, size);

-- +goose Down
DROP INDEX songs_library_size;
DROP INDEX songs_uploader;
ALTER TABLE users DROP COLUMN upload_quota;
