CREATE TABLE known_address (
    key character varying(64) NOT NULL,
    last_used_at timestamp with time zone NOT NULL,
    CONSTRAINT pk_known_address PRIMARY KEY (key)
);

CREATE INDEX ix_known_address_last_used_at ON known_address (last_used_at);
