-- Personal data at rest: ciphertext only; the key is in the key database, by citizen and category.
CREATE TABLE personal_record (
  citizen_id BYTEA NOT NULL,
  category TEXT NOT NULL,
  name TEXT NOT NULL,
  sealed BYTEA NOT NULL,
  source TEXT NOT NULL,
  assurance_level TEXT NOT NULL,
  proven_at_utc BIGINT NOT NULL,
  PRIMARY KEY (citizen_id, category, name)
);
-- Every reading by anyone but the citizen, committed before the data leaves the vault.
CREATE TABLE access_record (
  citizen_id BYTEA NOT NULL,
  access_id BYTEA NOT NULL,
  at_utc BIGINT NOT NULL,
  actor TEXT NOT NULL,
  purpose TEXT NOT NULL,
  category TEXT NOT NULL,
  PRIMARY KEY (citizen_id, access_id)
);
