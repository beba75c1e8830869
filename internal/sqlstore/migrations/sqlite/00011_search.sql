-- +goose Up
-- What a search looks into is the folded text of each song, album and artist (library.SearchText), kept beside the
-- tables by triggers. search_version tells which version of it the texts have; no row is none.
CREATE TABLE search_version (
  only_row INTEGER PRIMARY KEY CHECK (only_row = 1),
  version  INTEGER NOT NULL
);

-- Words that stand somewhere in these texts, to find those that a mistyped one was meant to be.
CREATE TABLE search_words (
  id   INTEGER PRIMARY KEY AUTOINCREMENT,
  word TEXT NOT NULL UNIQUE
);

-- How often something changed: the catalogue (subject 0), what was seen of covers (subject -1), or the marks of the user
-- of that id. What was computed from them stays good until then.
CREATE TABLE revisions (
  subject  INTEGER PRIMARY KEY,
  revision INTEGER NOT NULL
);
INSERT INTO revisions (subject, revision) VALUES (0, 1), (-1, 1);
INSERT INTO revisions (subject, revision) SELECT id, 1 FROM users;

ALTER TABLE albums ADD COLUMN search_text TEXT NOT NULL DEFAULT '';
ALTER TABLE artists ADD COLUMN search_text TEXT NOT NULL DEFAULT '';

DROP TRIGGER songs_search_insert;
DROP TRIGGER songs_search_delete;
DROP TRIGGER songs_search_update;
DROP TABLE song_search;
-- Nothing is asked but which rows have words that begin so: no places of words, no texts.
CREATE VIRTUAL TABLE song_search USING fts5 (search_text, content = '', contentless_delete = 1, detail = none, tokenize = 'ascii', prefix = '2 3 4');
-- +goose StatementBegin
CREATE TRIGGER songs_insert AFTER INSERT ON songs BEGIN
  INSERT INTO song_search (rowid, search_text) VALUES (new.id, new.search_text);
  UPDATE revisions SET revision = revision + 1 WHERE subject = 0;
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER songs_delete AFTER DELETE ON songs BEGIN
  DELETE FROM song_search WHERE rowid = old.id;
  UPDATE revisions SET revision = revision + 1 WHERE subject = 0;
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER songs_search_update AFTER UPDATE OF search_text ON songs WHEN new.search_text <> old.search_text BEGIN
  DELETE FROM song_search WHERE rowid = old.id;
  INSERT INTO song_search (rowid, search_text) VALUES (new.id, new.search_text);
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER songs_update AFTER UPDATE OF library_id, album_id, title, title_key, artist, artist_key, album, album_key, search_text, year, track, disc,
  duration, bit_rate, sample_rate, channels, bit_depth, format, size, cover_id, uploaded_by, missing_since, created_at ON songs BEGIN
  UPDATE revisions SET revision = revision + 1 WHERE subject = 0;
END;
-- +goose StatementEnd
CREATE VIRTUAL TABLE album_search USING fts5 (search_text, content = '', contentless_delete = 1, detail = none, tokenize = 'ascii', prefix = '2 3 4');
-- +goose StatementBegin
CREATE TRIGGER albums_insert AFTER INSERT ON albums BEGIN
  INSERT INTO album_search (rowid, search_text) VALUES (new.id, new.search_text);
  UPDATE revisions SET revision = revision + 1 WHERE subject = 0;
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER albums_delete AFTER DELETE ON albums BEGIN
  DELETE FROM album_search WHERE rowid = old.id;
  UPDATE revisions SET revision = revision + 1 WHERE subject = 0;
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER albums_search_update AFTER UPDATE OF search_text ON albums WHEN new.search_text <> old.search_text BEGIN
  DELETE FROM album_search WHERE rowid = old.id;
  INSERT INTO album_search (rowid, search_text) VALUES (new.id, new.search_text);
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER albums_update AFTER UPDATE OF library_id, title, title_key, artist, artist_key, search_text, year, song_count, duration, cover_id, is_compilation,
  kind, created_at ON albums BEGIN
  UPDATE revisions SET revision = revision + 1 WHERE subject = 0;
END;
-- +goose StatementEnd
CREATE VIRTUAL TABLE artist_search USING fts5 (search_text, content = '', contentless_delete = 1, detail = none, tokenize = 'ascii', prefix = '2 3 4');
-- +goose StatementBegin
CREATE TRIGGER artists_insert AFTER INSERT ON artists BEGIN
  INSERT INTO artist_search (rowid, search_text) VALUES (new.id, new.search_text);
  UPDATE revisions SET revision = revision + 1 WHERE subject = 0;
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER artists_delete AFTER DELETE ON artists BEGIN
  DELETE FROM artist_search WHERE rowid = old.id;
  UPDATE revisions SET revision = revision + 1 WHERE subject = 0;
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER artists_search_update AFTER UPDATE OF search_text ON artists WHEN new.search_text <> old.search_text BEGIN
  DELETE FROM artist_search WHERE rowid = old.id;
  INSERT INTO artist_search (rowid, search_text) VALUES (new.id, new.search_text);
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER artists_update AFTER UPDATE OF key, name, sort_name, sort_key, search_text ON artists BEGIN
  UPDATE revisions SET revision = revision + 1 WHERE subject = 0;
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER covers_update AFTER UPDATE OF hue ON covers BEGIN
  UPDATE revisions SET revision = revision + 1 WHERE subject = -1;
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER genres_update AFTER UPDATE OF name ON genres BEGIN
  UPDATE revisions SET revision = revision + 1 WHERE subject = 0;
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER song_marks_insert AFTER INSERT ON song_marks BEGIN
  INSERT INTO revisions (subject, revision) VALUES (new.user_id, 1)
  ON CONFLICT (subject) DO UPDATE SET revision = revision + 1;
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER song_marks_update AFTER UPDATE ON song_marks BEGIN
  INSERT INTO revisions (subject, revision) VALUES (new.user_id, 1)
  ON CONFLICT (subject) DO UPDATE SET revision = revision + 1;
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER song_marks_delete AFTER DELETE ON song_marks BEGIN
  UPDATE revisions SET revision = revision + 1 WHERE subject = old.user_id;
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER album_marks_insert AFTER INSERT ON album_marks BEGIN
  INSERT INTO revisions (subject, revision) VALUES (new.user_id, 1)
  ON CONFLICT (subject) DO UPDATE SET revision = revision + 1;
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER album_marks_update AFTER UPDATE ON album_marks BEGIN
  INSERT INTO revisions (subject, revision) VALUES (new.user_id, 1)
  ON CONFLICT (subject) DO UPDATE SET revision = revision + 1;
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER album_marks_delete AFTER DELETE ON album_marks BEGIN
  UPDATE revisions SET revision = revision + 1 WHERE subject = old.user_id;
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER artist_marks_insert AFTER INSERT ON artist_marks BEGIN
  INSERT INTO revisions (subject, revision) VALUES (new.user_id, 1)
  ON CONFLICT (subject) DO UPDATE SET revision = revision + 1;
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER artist_marks_update AFTER UPDATE ON artist_marks BEGIN
  INSERT INTO revisions (subject, revision) VALUES (new.user_id, 1)
  ON CONFLICT (subject) DO UPDATE SET revision = revision + 1;
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER artist_marks_delete AFTER DELETE ON artist_marks BEGIN
  UPDATE revisions SET revision = revision + 1 WHERE subject = old.user_id;
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER users_revision AFTER DELETE ON users BEGIN
  DELETE FROM revisions WHERE subject = old.id;
END;
-- +goose StatementEnd

-- The orders of lists hold all that it takes to tell whether a song is listed, and no song that never is. That by year
-- holds formats too: years and formats are counted together.
DROP INDEX songs_title;
CREATE INDEX songs_title ON songs (title_key, id, library_id, missing_since) WHERE missing_since IS NULL;
DROP INDEX songs_artist;
CREATE INDEX songs_artist ON songs (artist_key, id, library_id, missing_since) WHERE missing_since IS NULL;
DROP INDEX songs_album;
CREATE INDEX songs_album ON songs (album_key, disc, track, id, library_id, missing_since) WHERE missing_since IS NULL;
DROP INDEX songs_year;
CREATE INDEX songs_year ON songs (year, id, library_id, missing_since, format) WHERE missing_since IS NULL;
DROP INDEX songs_duration;
CREATE INDEX songs_duration ON songs (duration, id, library_id, missing_since) WHERE missing_since IS NULL;
DROP INDEX songs_created;
CREATE INDEX songs_created ON songs (created_at, id, library_id, missing_since) WHERE missing_since IS NULL;

CREATE TABLE song_genres_ordered (
  song_id  INTEGER NOT NULL REFERENCES songs (id) ON DELETE CASCADE,
  genre_id INTEGER NOT NULL REFERENCES genres (id),
  position INTEGER NOT NULL,
  PRIMARY KEY (song_id, genre_id)
) WITHOUT ROWID;
INSERT INTO song_genres_ordered (song_id, genre_id, position) SELECT song_id, genre_id, position FROM song_genres;
DROP TABLE song_genres;
ALTER TABLE song_genres_ordered RENAME TO song_genres;
CREATE INDEX song_genres_genre ON song_genres (genre_id, song_id);

-- Nothing sorts by these any more.
DROP INDEX songs_shuffle;

-- +goose Down
DROP INDEX songs_title;
CREATE INDEX songs_title ON songs (title_key, id);
DROP INDEX songs_artist;
CREATE INDEX songs_artist ON songs (artist_key, id);
DROP INDEX songs_album;
CREATE INDEX songs_album ON songs (album_key, disc, track, id);
DROP INDEX songs_year;
CREATE INDEX songs_year ON songs (year, id);
DROP INDEX songs_duration;
CREATE INDEX songs_duration ON songs (duration, id);
DROP INDEX songs_created;
CREATE INDEX songs_created ON songs (created_at, id);
DROP TRIGGER songs_insert;
DROP TRIGGER songs_delete;
DROP TRIGGER songs_search_update;
DROP TRIGGER songs_update;
DROP TABLE song_search;
DROP TRIGGER albums_insert;
DROP TRIGGER albums_delete;
DROP TRIGGER albums_search_update;
DROP TRIGGER albums_update;
DROP TABLE album_search;
DROP TRIGGER artists_insert;
DROP TRIGGER artists_delete;
DROP TRIGGER artists_search_update;
DROP TRIGGER artists_update;
DROP TABLE artist_search;
DROP TRIGGER genres_update;
DROP TRIGGER covers_update;
DROP TRIGGER song_marks_insert;
DROP TRIGGER song_marks_update;
DROP TRIGGER song_marks_delete;
DROP TRIGGER album_marks_insert;
DROP TRIGGER album_marks_update;
DROP TRIGGER album_marks_delete;
DROP TRIGGER artist_marks_insert;
DROP TRIGGER artist_marks_update;
DROP TRIGGER artist_marks_delete;
DROP TRIGGER users_revision;
CREATE INDEX songs_shuffle ON songs (shuffle, id);
ALTER TABLE artists DROP COLUMN search_text;
ALTER TABLE albums DROP COLUMN search_text;
DROP TABLE revisions;
DROP TABLE search_words;
DROP TABLE search_version;
CREATE VIRTUAL TABLE song_search USING fts5 (search_text, content = 'songs', content_rowid = 'id', tokenize = 'unicode61', prefix = '1 2 3');
-- +goose StatementBegin
CREATE TRIGGER songs_search_insert AFTER INSERT ON songs BEGIN
  INSERT INTO song_search (rowid, search_text) VALUES (new.id, new.search_text);
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER songs_search_delete AFTER DELETE ON songs BEGIN
  INSERT INTO song_search (song_search, rowid, search_text) VALUES ('delete', old.id, old.search_text);
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER songs_search_update AFTER UPDATE OF search_text ON songs BEGIN
  INSERT INTO song_search (song_search, rowid, search_text) VALUES ('delete', old.id, old.search_text);
  INSERT INTO song_search (rowid, search_text) VALUES (new.id, new.search_text);
END;
-- +goose StatementEnd
INSERT INTO song_search (song_search) VALUES ('rebuild');
