ALTER TABLE report ADD rule smallint;

ALTER TABLE moderation ADD appeal text;

ALTER TABLE moderation ADD appeal_accepted boolean NOT NULL DEFAULT FALSE;

ALTER TABLE moderation ADD appeal_closed_at timestamp with time zone;

ALTER TABLE moderation ADD appealed_at timestamp with time zone;

CREATE TABLE site_text (
    key character varying(20) NOT NULL,
    locale character varying(35) NOT NULL,
    body text NOT NULL,
    ends_at timestamp with time zone,
    updated_at timestamp with time zone NOT NULL,
    CONSTRAINT pk_site_text PRIMARY KEY (key, locale)
);

CREATE INDEX ix_moderation_appeal ON moderation (id) WHERE appealed_at IS NOT NULL AND appeal_closed_at IS NULL;
