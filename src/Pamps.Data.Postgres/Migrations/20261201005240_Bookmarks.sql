ALTER TABLE account ADD has_bookmarks boolean NOT NULL DEFAULT FALSE;

CREATE TABLE bookmark (
    id bigint NOT NULL,
    user_id bigint NOT NULL,
    post_id bigint NOT NULL,
    date timestamp with time zone NOT NULL,
    CONSTRAINT pk_bookmark PRIMARY KEY (id),
    CONSTRAINT fk_bookmark_post FOREIGN KEY (post_id) REFERENCES post (id) ON DELETE CASCADE,
    CONSTRAINT fk_bookmark_user FOREIGN KEY (user_id) REFERENCES "user" (id) ON DELETE CASCADE
);

CREATE INDEX ix_bookmark_user ON bookmark (user_id, id);

CREATE UNIQUE INDEX ux_bookmark_post_user ON bookmark (post_id, user_id);
