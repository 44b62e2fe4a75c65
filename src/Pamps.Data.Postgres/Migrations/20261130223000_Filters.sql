ALTER TABLE account ADD filters_version bigint NOT NULL DEFAULT 0;

CREATE TABLE filter (
    id bigint NOT NULL,
    user_id bigint NOT NULL,
    title character varying(100) NOT NULL,
    places smallint NOT NULL,
    action smallint NOT NULL,
    expires_at timestamp with time zone,
    keywords text NOT NULL,
    CONSTRAINT pk_filter PRIMARY KEY (id),
    CONSTRAINT fk_filter_account FOREIGN KEY (user_id) REFERENCES account (user_id) ON DELETE CASCADE
);

CREATE INDEX ix_account_filters ON account (user_id) WHERE filters_version > 0;

CREATE INDEX ix_filter_user ON filter (user_id, id);
