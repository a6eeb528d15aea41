-- Entries about nobody: that an edition of a public document was published. Readable by everybody.
CREATE TABLE log_public_entry (
  subject TEXT NOT NULL PRIMARY KEY,
  entry_id BYTEA NOT NULL UNIQUE,
  salt BYTEA NOT NULL,
  record TEXT NOT NULL
);
