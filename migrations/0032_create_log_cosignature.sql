-- What witnesses stated about our checkpoints, a signature line each.
CREATE TABLE log_cosignature (
  tree_size BIGINT NOT NULL,
  vkey TEXT NOT NULL,
  line TEXT NOT NULL,
  received_at_utc BIGINT NOT NULL,
  PRIMARY KEY (tree_size, vkey)
);
