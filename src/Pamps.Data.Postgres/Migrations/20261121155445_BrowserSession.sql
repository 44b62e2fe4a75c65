DROP INDEX ix_login_user_id;

ALTER TABLE login ADD previous_jti character varying(64);

CREATE INDEX ix_login_user ON login (user_id, id);
