-- A challenge belongs to the browser that asked for it (browser_hash: hash of its cookie; NULL = none). code_id is
-- the challenge whose message carries the code: several browsers may wait for one long code while a number is under
-- attack. device is the browser's own id where it is recognised for the account: its guesses are counted apart.
ALTER TABLE challenge ADD COLUMN browser_hash BYTEA;
ALTER TABLE challenge ADD COLUMN code_id BYTEA;
ALTER TABLE challenge ADD COLUMN code_digits BIGINT;
ALTER TABLE challenge ADD COLUMN device BYTEA;
CREATE INDEX challenge_by_code ON challenge (code_id);
