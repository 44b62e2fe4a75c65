CREATE TABLE idempotency (
    user_id bigint NOT NULL,
    key character varying(320) NOT NULL,
    fingerprint character varying(64) NOT NULL,
    answer text,
    created_at timestamp with time zone NOT NULL,
    CONSTRAINT pk_idempotency PRIMARY KEY (user_id, key)
);

CREATE TABLE "user" (
    id bigint NOT NULL,
    username character varying(30) NOT NULL,
    username_key character varying(30) NOT NULL,
    email character varying(254) NOT NULL,
    email_key character varying(254) NOT NULL,
    avatar character varying(2048),
    bio character varying(500),
    password character varying(256) NOT NULL,
    superuser boolean NOT NULL,
    active boolean NOT NULL,
    created_at timestamp with time zone NOT NULL,
    posts_count bigint NOT NULL,
    followers_count bigint NOT NULL,
    following_count bigint NOT NULL,
    CONSTRAINT pk_user PRIMARY KEY (id),
    CONSTRAINT ck_user_counts CHECK (posts_count >= 0 AND followers_count >= 0 AND following_count >= 0)
);

CREATE TABLE login (
    id bigint NOT NULL,
    user_id bigint NOT NULL,
    refresh_jti character varying(64) NOT NULL,
    created_at timestamp with time zone NOT NULL,
    expires_at timestamp with time zone NOT NULL,
    CONSTRAINT pk_login PRIMARY KEY (id),
    CONSTRAINT fk_login_user FOREIGN KEY (user_id) REFERENCES "user" (id) ON DELETE CASCADE
);

CREATE TABLE post (
    id bigint NOT NULL,
    text text NOT NULL,
    date timestamp with time zone NOT NULL,
    user_id bigint NOT NULL,
    parent_id bigint,
    edited_at timestamp with time zone,
    likes_count bigint NOT NULL,
    replies_count bigint NOT NULL,
    CONSTRAINT pk_post PRIMARY KEY (id),
    CONSTRAINT ck_post_counts CHECK (likes_count >= 0 AND replies_count >= 0),
    CONSTRAINT fk_post_user FOREIGN KEY (user_id) REFERENCES "user" (id) ON DELETE CASCADE
);

CREATE TABLE social (
    id bigint NOT NULL,
    "from" bigint NOT NULL,
    "to" bigint NOT NULL,
    date timestamp with time zone NOT NULL,
    CONSTRAINT pk_social PRIMARY KEY (id),
    CONSTRAINT ck_social_not_oneself CHECK ("from" <> "to"),
    CONSTRAINT fk_social_from FOREIGN KEY ("from") REFERENCES "user" (id) ON DELETE CASCADE,
    CONSTRAINT fk_social_to FOREIGN KEY ("to") REFERENCES "user" (id) ON DELETE CASCADE
);

CREATE TABLE "like" (
    id bigint NOT NULL,
    user_id bigint NOT NULL,
    post_id bigint NOT NULL,
    date timestamp with time zone NOT NULL,
    CONSTRAINT pk_like PRIMARY KEY (id),
    CONSTRAINT fk_like_post FOREIGN KEY (post_id) REFERENCES post (id) ON DELETE CASCADE,
    CONSTRAINT fk_like_user FOREIGN KEY (user_id) REFERENCES "user" (id) ON DELETE CASCADE
);

CREATE INDEX ix_idempotency_created_at ON idempotency (created_at);

CREATE INDEX ix_like_post ON "like" (post_id, id);

CREATE INDEX ix_like_user ON "like" (user_id, id);

CREATE UNIQUE INDEX ux_like_post_user ON "like" (post_id, user_id);

CREATE INDEX ix_login_expires_at ON login (expires_at);

CREATE INDEX ix_login_user_id ON login (user_id);

CREATE INDEX ix_post_home ON post (id) WHERE parent_id IS NULL;

CREATE INDEX ix_post_replies ON post (parent_id, id) WHERE parent_id IS NOT NULL;

CREATE INDEX ix_post_user_all ON post (user_id, id);

CREATE INDEX ix_post_user_own ON post (user_id, id) WHERE parent_id IS NULL;

CREATE INDEX ix_social_from ON social ("from", id);

CREATE INDEX ix_social_to ON social ("to", id);

CREATE UNIQUE INDEX ux_social_from_to ON social ("from", "to");

CREATE UNIQUE INDEX ux_user_email_key ON "user" (email_key);

CREATE UNIQUE INDEX ux_user_username_key ON "user" (username_key);
