-- Whoever writes a post locks its author first.
ALTER TABLE "user" ADD locked boolean NOT NULL DEFAULT FALSE;

DROP INDEX ix_post_home;

DROP INDEX ix_post_user_all;

ALTER TABLE post ADD visibility smallint NOT NULL DEFAULT 0;

ALTER TABLE event ADD audience text;

CREATE TABLE audience (
    post_id bigint NOT NULL,
    user_id bigint NOT NULL,
    direct boolean NOT NULL,
    CONSTRAINT pk_audience PRIMARY KEY (post_id, user_id),
    CONSTRAINT fk_audience_post FOREIGN KEY (post_id) REFERENCES post (id) ON DELETE CASCADE,
    CONSTRAINT fk_audience_user FOREIGN KEY (user_id) REFERENCES "user" (id) ON DELETE CASCADE
);

CREATE TABLE block (
    id bigint NOT NULL,
    "from" bigint NOT NULL,
    "to" bigint NOT NULL,
    date timestamp with time zone NOT NULL,
    CONSTRAINT pk_block PRIMARY KEY (id),
    CONSTRAINT ck_block_not_oneself CHECK ("from" <> "to"),
    CONSTRAINT fk_block_from FOREIGN KEY ("from") REFERENCES "user" (id) ON DELETE CASCADE,
    CONSTRAINT fk_block_to FOREIGN KEY ("to") REFERENCES "user" (id) ON DELETE CASCADE
);

CREATE TABLE consumer (
    name character varying(64) NOT NULL,
    tx bigint NOT NULL,
    event_id bigint NOT NULL,
    CONSTRAINT pk_consumer PRIMARY KEY (name)
);

CREATE TABLE follow_request (
    id bigint NOT NULL,
    "from" bigint NOT NULL,
    "to" bigint NOT NULL,
    date timestamp with time zone NOT NULL,
    CONSTRAINT pk_follow_request PRIMARY KEY (id),
    CONSTRAINT ck_follow_request_not_oneself CHECK ("from" <> "to"),
    CONSTRAINT fk_follow_request_from FOREIGN KEY ("from") REFERENCES "user" (id) ON DELETE CASCADE,
    CONSTRAINT fk_follow_request_to FOREIGN KEY ("to") REFERENCES "user" (id) ON DELETE CASCADE
);

CREATE TABLE job (
    id bigint NOT NULL,
    kind character varying(64) NOT NULL,
    key character varying(200),
    payload text,
    run_at timestamp with time zone NOT NULL,
    attempts integer NOT NULL,
    locked_until timestamp with time zone,
    error text,
    failed_at timestamp with time zone,
    CONSTRAINT pk_job PRIMARY KEY (id)
);

CREATE TABLE mute (
    id bigint NOT NULL,
    "from" bigint NOT NULL,
    "to" bigint NOT NULL,
    date timestamp with time zone NOT NULL,
    until timestamp with time zone,
    notifications boolean NOT NULL,
    CONSTRAINT pk_mute PRIMARY KEY (id),
    CONSTRAINT ck_mute_not_oneself CHECK ("from" <> "to"),
    CONSTRAINT fk_mute_from FOREIGN KEY ("from") REFERENCES "user" (id) ON DELETE CASCADE,
    CONSTRAINT fk_mute_to FOREIGN KEY ("to") REFERENCES "user" (id) ON DELETE CASCADE
);

CREATE INDEX ix_post_author ON post (user_id, id, visibility);

CREATE INDEX ix_post_public ON post (id) WHERE parent_id IS NULL AND visibility = 0;

CREATE INDEX ix_audience_direct ON audience (user_id, post_id) WHERE direct;

CREATE INDEX ix_audience_user ON audience (user_id, post_id);

CREATE INDEX ix_block_from ON block ("from", id);

CREATE INDEX ix_block_to ON block ("to", id);

CREATE UNIQUE INDEX ux_block_from_to ON block ("from", "to");

CREATE INDEX ix_follow_request_from ON follow_request ("from", id);

CREATE INDEX ix_follow_request_to ON follow_request ("to", id);

CREATE UNIQUE INDEX ux_follow_request_from_to ON follow_request ("from", "to");

CREATE INDEX ix_job_due ON job (run_at) WHERE failed_at IS NULL;

CREATE INDEX ix_job_failed ON job (id) WHERE failed_at IS NOT NULL;

CREATE UNIQUE INDEX ux_job_key ON job (kind, key) WHERE key IS NOT NULL AND failed_at IS NULL;

CREATE INDEX ix_mute_from ON mute ("from", id);

CREATE INDEX ix_mute_to ON mute ("to", id);

CREATE INDEX ix_mute_until ON mute (until) WHERE until IS NOT NULL;

CREATE UNIQUE INDEX ux_mute_from_to ON mute ("from", "to");
