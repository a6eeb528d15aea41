-- Data keys, wrapped by the root key. Deleting a row erases the data everywhere, old backups included.
CREATE TABLE data_key (
  citizen_id BYTEA NOT NULL,
  category TEXT NOT NULL,
  wrapped BYTEA NOT NULL,
  created_at_utc BIGINT NOT NULL,
  PRIMARY KEY (citizen_id, category)
);
