-- What is past its term is found without walking through everybody's rows.
CREATE INDEX consent_withdrawn ON consent (withdrawn_at_utc) WHERE withdrawn_at_utc IS NOT NULL;
CREATE INDEX consent_expired ON consent (expires_at_utc) WHERE expires_at_utc IS NOT NULL;
CREATE INDEX acceptance_later ON acceptance (accepted_at_utc) WHERE edition_number > 1;
CREATE INDEX subject_request_closed ON subject_request (closed_at_utc) WHERE closed_at_utc IS NOT NULL;
