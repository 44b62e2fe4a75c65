ALTER TABLE post ADD media text;

ALTER TABLE account ADD media_bytes bigint NOT NULL DEFAULT 0;

CREATE TABLE media (
    id bigint NOT NULL,
    user_id bigint NOT NULL,
    post_id bigint,
    place smallint NOT NULL DEFAULT 0,
    kind smallint NOT NULL,
    file character varying(80) NOT NULL,
    preview character varying(80) NOT NULL,
    width integer NOT NULL,
    height integer NOT NULL,
    bytes bigint NOT NULL,
    blurhash character varying(120) NOT NULL,
    description text,
    focus_x smallint NOT NULL DEFAULT 0,
    focus_y smallint NOT NULL DEFAULT 0,
    CONSTRAINT pk_media PRIMARY KEY (id),
    CONSTRAINT fk_media_post FOREIGN KEY (post_id) REFERENCES post (id) ON DELETE SET NULL,
    CONSTRAINT fk_media_user FOREIGN KEY (user_id) REFERENCES "user" (id) ON DELETE CASCADE
);

CREATE TABLE media_file (
    name character varying(80) NOT NULL,
    bytes bigint NOT NULL,
    unused_since timestamp with time zone,
    CONSTRAINT pk_media_file PRIMARY KEY (name)
);

CREATE TABLE media_total (
    id smallint NOT NULL,
    bytes bigint NOT NULL,
    CONSTRAINT pk_media_total PRIMARY KEY (id)
);

CREATE INDEX ix_media_file ON media (file);

CREATE INDEX ix_media_post ON media (post_id) WHERE post_id IS NOT NULL;

CREATE INDEX ix_media_preview ON media (preview);

CREATE INDEX ix_media_user ON media (user_id, id);

CREATE INDEX ix_media_without_post ON media (id) WHERE post_id IS NULL;

CREATE INDEX ix_media_file_unused ON media_file (unused_since) WHERE unused_since IS NOT NULL;
