-- Several sources may speak of one attribute: none of them overwrites another.
CREATE TABLE personal_record_by_source (
  citizen_id BYTEA NOT NULL,
  category TEXT NOT NULL,
  name TEXT NOT NULL,
  source TEXT NOT NULL,
  sealed BYTEA NOT NULL,
  assurance_level TEXT NOT NULL,
  proven_at_utc BIGINT NOT NULL,
  PRIMARY KEY (citizen_id, category, name, source)
);
INSERT INTO personal_record_by_source
  (citizen_id, category, name, source, sealed, assurance_level, proven_at_utc)
  SELECT citizen_id, category, name, source, sealed, assurance_level, proven_at_utc
  FROM personal_record;
DROP TABLE personal_record;
ALTER TABLE personal_record_by_source RENAME TO personal_record;
