CREATE TABLE security_event (
    id bigint NOT NULL,
    key character varying(24) NOT NULL,
    kind character varying(32) NOT NULL,
    user_id bigint,
    actor_id bigint,
    network character varying(16),
    detail text,
    count integer NOT NULL,
    created_at timestamp with time zone NOT NULL,
    last_at timestamp with time zone NOT NULL,
    CONSTRAINT pk_security_event PRIMARY KEY (id)
);

CREATE INDEX ix_security_event_actor ON security_event (actor_id, id);

CREATE INDEX ix_security_event_kind ON security_event (kind, id);

CREATE INDEX ix_security_event_user ON security_event (user_id, id);

CREATE UNIQUE INDEX ux_security_event_key ON security_event (key);
