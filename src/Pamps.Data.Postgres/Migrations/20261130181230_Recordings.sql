ALTER TABLE media ADD duration_ms integer;
