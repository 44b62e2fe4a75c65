CREATE TABLE notification_accepted (
    user_id bigint NOT NULL,
    actor_id bigint NOT NULL,
    CONSTRAINT pk_notification_accepted PRIMARY KEY (user_id, actor_id),
    CONSTRAINT fk_notification_accepted_actor FOREIGN KEY (actor_id) REFERENCES "user" (id) ON DELETE CASCADE,
    CONSTRAINT fk_notification_accepted_user FOREIGN KEY (user_id) REFERENCES "user" (id) ON DELETE CASCADE
);

CREATE TABLE notification_aside (
    id bigint NOT NULL,
    user_id bigint NOT NULL,
    kind smallint NOT NULL,
    actor_id bigint NOT NULL,
    post_id bigint,
    date timestamp with time zone NOT NULL,
    CONSTRAINT pk_notification_aside PRIMARY KEY (id),
    CONSTRAINT fk_notification_aside_actor FOREIGN KEY (actor_id) REFERENCES "user" (id) ON DELETE CASCADE,
    CONSTRAINT fk_notification_aside_post FOREIGN KEY (post_id) REFERENCES post (id) ON DELETE CASCADE,
    CONSTRAINT fk_notification_aside_user FOREIGN KEY (user_id) REFERENCES "user" (id) ON DELETE CASCADE
);

CREATE TABLE notification_policy (
    user_id bigint NOT NULL,
    not_following smallint NOT NULL,
    not_followers smallint NOT NULL,
    new_accounts smallint NOT NULL,
    direct smallint NOT NULL,
    CONSTRAINT pk_notification_policy PRIMARY KEY (user_id),
    CONSTRAINT fk_notification_policy_account FOREIGN KEY (user_id) REFERENCES account (user_id) ON DELETE CASCADE
);

CREATE INDEX ix_notification_accepted_actor_id ON notification_accepted (actor_id);

CREATE INDEX ix_notification_aside_actor_id ON notification_aside (actor_id);

CREATE INDEX ix_notification_aside_user ON notification_aside (user_id, actor_id, id);

CREATE UNIQUE INDEX ux_notification_aside_post ON notification_aside (post_id, user_id, actor_id, kind) WHERE post_id IS NOT NULL;

CREATE UNIQUE INDEX ux_notification_aside_user ON notification_aside (user_id, actor_id, kind) WHERE post_id IS NULL;
