-- Root keys that are gone for good. No key may be stored any more that one of them has wrapped: a
-- server that has not heard of the retirement yet is refused, and wraps anew.
CREATE TABLE retired_root_key (
  root_key_id BYTEA NOT NULL,
  retired_at_utc BIGINT NOT NULL,
  PRIMARY KEY (root_key_id)
);
-- A wrapped key begins with a version and the name of the root key.
CREATE INDEX data_key_by_root_key ON data_key (substr(wrapped, 2, 8));
