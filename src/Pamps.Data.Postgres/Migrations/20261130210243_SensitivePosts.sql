ALTER TABLE post ADD covered_by bigint;

ALTER TABLE post ADD sensitive boolean NOT NULL DEFAULT FALSE;

CREATE INDEX ix_security_event_network ON security_event (network, id) WHERE network IS NOT NULL;

CREATE INDEX ix_post_covered ON post (covered_by) WHERE covered_by IS NOT NULL;
