CREATE TABLE allowance (
    owner bigint NOT NULL,
    deed smallint NOT NULL,
    spent_until bigint NOT NULL,
    may_be_spent_until bigint NOT NULL,
    CONSTRAINT pk_allowance PRIMARY KEY (owner, deed),
    CONSTRAINT ck_allowance_spent CHECK (spent_until <= may_be_spent_until)
);

CREATE TABLE known_address (
    key character varying(64) NOT NULL,
    last_used_at timestamp with time zone NOT NULL,
    CONSTRAINT pk_known_address PRIMARY KEY (key)
);

CREATE INDEX ix_account_superuser ON account (user_id) WHERE superuser;

CREATE INDEX ix_known_address_last_used_at ON known_address (last_used_at);
