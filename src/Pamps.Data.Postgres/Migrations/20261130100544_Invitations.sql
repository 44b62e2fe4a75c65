ALTER TABLE account ADD invited_by bigint;

CREATE TABLE invitation (
    id bigint NOT NULL,
    user_id bigint,
    uses integer NOT NULL,
    used integer NOT NULL,
    created_at timestamp with time zone NOT NULL,
    expires_at timestamp with time zone NOT NULL,
    CONSTRAINT pk_invitation PRIMARY KEY (id),
    CONSTRAINT ck_invitation_used CHECK (used <= uses),
    CONSTRAINT fk_invitation_user FOREIGN KEY (user_id) REFERENCES "user" (id) ON DELETE CASCADE
);

CREATE INDEX ix_invitation_expires_at ON invitation (expires_at);

CREATE INDEX ix_invitation_user ON invitation (user_id, id);
