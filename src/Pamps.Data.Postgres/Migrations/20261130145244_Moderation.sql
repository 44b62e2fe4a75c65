ALTER TABLE "user" ADD erase_at timestamp with time zone;

ALTER TABLE account ADD role smallint NOT NULL DEFAULT 0;

CREATE TABLE moderation (
    id bigint NOT NULL,
    user_id bigint NOT NULL,
    actor_id bigint NOT NULL,
    kind smallint NOT NULL,
    report_id bigint,
    message text,
    created_at timestamp with time zone NOT NULL,
    seen_at timestamp with time zone,
    CONSTRAINT pk_moderation PRIMARY KEY (id),
    CONSTRAINT fk_moderation_user FOREIGN KEY (user_id) REFERENCES "user" (id) ON DELETE CASCADE
);

CREATE TABLE report (
    id bigint NOT NULL,
    reporter_id bigint,
    user_id bigint NOT NULL,
    category smallint NOT NULL,
    text text,
    created_at timestamp with time zone NOT NULL,
    closed_at timestamp with time zone,
    closed_by bigint,
    dismissed boolean NOT NULL DEFAULT FALSE,
    CONSTRAINT pk_report PRIMARY KEY (id),
    CONSTRAINT fk_report_reporter FOREIGN KEY (reporter_id) REFERENCES "user" (id) ON DELETE SET NULL,
    CONSTRAINT fk_report_user FOREIGN KEY (user_id) REFERENCES "user" (id) ON DELETE CASCADE
);

CREATE TABLE report_post (
    report_id bigint NOT NULL,
    post_id bigint NOT NULL,
    text text NOT NULL,
    date timestamp with time zone NOT NULL,
    visibility smallint NOT NULL,
    CONSTRAINT pk_report_post PRIMARY KEY (report_id, post_id),
    CONSTRAINT fk_report_post_report FOREIGN KEY (report_id) REFERENCES report (id) ON DELETE CASCADE
);

CREATE INDEX ix_user_erase_at ON "user" (erase_at) WHERE erase_at IS NOT NULL;

CREATE INDEX ix_moderation_unseen ON moderation (user_id, id) WHERE seen_at IS NULL;

CREATE INDEX ix_moderation_user ON moderation (user_id, id);

CREATE INDEX ix_report_closed_at ON report (closed_at) WHERE closed_at IS NOT NULL;

CREATE INDEX ix_report_open ON report (id) WHERE closed_at IS NULL;

CREATE INDEX ix_report_reporter ON report (reporter_id);

CREATE INDEX ix_report_user ON report (user_id, id);

CREATE UNIQUE INDEX ux_report_open_of_reporter ON report (reporter_id, user_id) WHERE closed_at IS NULL;
