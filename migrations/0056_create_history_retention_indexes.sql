-- What is past its term in the history, the record of who looked and the readable side of the log is found
-- without walking through everybody's rows. Ids of entries begin with their moment.
CREATE INDEX operation_at ON operation (at_utc);
CREATE INDEX access_record_at ON access_record (at_utc);
CREATE INDEX log_entry_by_moment ON log_entry (entry_id);
