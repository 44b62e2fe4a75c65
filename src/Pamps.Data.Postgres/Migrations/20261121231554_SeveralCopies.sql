CREATE TABLE lease (
    name character varying(64) NOT NULL,
    until timestamp with time zone NOT NULL,
    CONSTRAINT pk_lease PRIMARY KEY (name)
);

CREATE TABLE sign_in_failure (
    key character varying(64) NOT NULL,
    count integer NOT NULL,
    since timestamp with time zone NOT NULL,
    CONSTRAINT pk_sign_in_failure PRIMARY KEY (key)
);

CREATE INDEX ix_sign_in_failure_since ON sign_in_failure (since);
