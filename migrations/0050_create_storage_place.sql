-- The country this storage stands in. One row, written when the database is made; a server of another
-- country refuses to start on it.
CREATE TABLE storage_place (
  place_id BIGINT NOT NULL PRIMARY KEY CHECK (place_id = 1),
  country TEXT NOT NULL,
  tagged_at_utc BIGINT NOT NULL
);
