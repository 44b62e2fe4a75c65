DROP INDEX ix_media_without_post;

ALTER TABLE post ADD pinned boolean NOT NULL DEFAULT FALSE;

ALTER TABLE media ADD profile smallint;

CREATE INDEX ix_post_pinned ON post (user_id, id) WHERE pinned;

CREATE INDEX ix_media_unused ON media (id) WHERE post_id IS NULL AND profile IS NULL;

CREATE UNIQUE INDEX ux_media_profile ON media (user_id, profile) WHERE profile IS NOT NULL;
