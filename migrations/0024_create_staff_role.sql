-- What somebody may do for the installation beside being its citizen.
CREATE TABLE staff_role (
  citizen_id BYTEA NOT NULL,
  role TEXT NOT NULL,
  granted_at_utc BIGINT NOT NULL,
  PRIMARY KEY (citizen_id, role)
);
