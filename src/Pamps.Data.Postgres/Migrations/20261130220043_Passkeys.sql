CREATE TABLE passkey (
    id bigint NOT NULL,
    user_id bigint NOT NULL,
    credential_id character varying(1364) NOT NULL,
    user_handle character varying(86) NOT NULL,
    public_key text NOT NULL,
    sign_count bigint NOT NULL,
    backup_eligible boolean NOT NULL,
    transports character varying(100) NOT NULL,
    name character varying(50) NOT NULL,
    created_at timestamp with time zone NOT NULL,
    last_used_at timestamp with time zone,
    CONSTRAINT pk_passkey PRIMARY KEY (id),
    CONSTRAINT fk_passkey_account FOREIGN KEY (user_id) REFERENCES account (user_id) ON DELETE CASCADE
);

CREATE TABLE passkey_challenge (
    key character varying(64) NOT NULL,
    expires_at timestamp with time zone NOT NULL,
    CONSTRAINT pk_passkey_challenge PRIMARY KEY (key)
);

CREATE INDEX ix_passkey_user ON passkey (user_id, id);

CREATE UNIQUE INDEX ux_passkey_credential ON passkey (credential_id);

CREATE INDEX ix_passkey_challenge_expires_at ON passkey_challenge (expires_at);
