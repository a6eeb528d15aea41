-- The transparency log itself (docs/spec/transparency-log.md). Only the sequencer writes here.
CREATE TABLE log_leaf (
  entry_id BYTEA NOT NULL PRIMARY KEY,
  leaf_index BIGINT NOT NULL UNIQUE
);
-- Level -1 holds the entries themselves, level 0 their leaf hashes, each higher one the roots of full
-- tiles below; 32 bytes a hash, at most 256.
CREATE TABLE log_tile (
  level BIGINT NOT NULL,
  tile_index BIGINT NOT NULL,
  hashes BYTEA NOT NULL,
  PRIMARY KEY (level, tile_index)
);
-- One row: how far the tree has come, and which process may carry it on.
CREATE TABLE log_state (
  log_id BIGINT NOT NULL PRIMARY KEY CHECK (log_id = 1),
  tree_size BIGINT NOT NULL,
  root BYTEA NOT NULL,
  lease_owner BYTEA,
  lease_until_utc BIGINT
);
-- The size is the key: there is never a second checkpoint of one size.
CREATE TABLE log_checkpoint (
  tree_size BIGINT NOT NULL PRIMARY KEY,
  root BYTEA NOT NULL,
  note TEXT NOT NULL,
  signed_at_utc BIGINT NOT NULL
);
