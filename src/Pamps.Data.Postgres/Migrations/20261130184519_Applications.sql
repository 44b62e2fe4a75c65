CREATE TABLE application (
    id bigint NOT NULL,
    secret_hash character varying(43),
    name character varying(100) NOT NULL,
    website character varying(2000),
    redirect_uris text NOT NULL,
    scopes character varying(1000) NOT NULL,
    created_at timestamp with time zone NOT NULL,
    expires_at timestamp with time zone,
    CONSTRAINT pk_application PRIMARY KEY (id)
);

CREATE TABLE application_grant (
    id bigint NOT NULL,
    application_id bigint NOT NULL,
    login_id bigint,
    scopes character varying(1000) NOT NULL,
    code_hash character varying(43),
    redirect_uri character varying(2000),
    code_challenge character varying(43),
    token_hash character varying(43),
    created_at timestamp with time zone NOT NULL,
    CONSTRAINT pk_application_grant PRIMARY KEY (id),
    CONSTRAINT fk_application_grant_application FOREIGN KEY (application_id) REFERENCES application (id) ON DELETE CASCADE,
    CONSTRAINT fk_application_grant_login FOREIGN KEY (login_id) REFERENCES login (id) ON DELETE CASCADE
);

CREATE INDEX ix_application_expires_at ON application (expires_at);

CREATE INDEX ix_application_grant_application ON application_grant (application_id, id);

CREATE UNIQUE INDEX ux_application_grant_code ON application_grant (code_hash);

CREATE UNIQUE INDEX ux_application_grant_login ON application_grant (login_id);

CREATE UNIQUE INDEX ux_application_grant_token ON application_grant (token_hash);
