DROP INDEX ix_login_user;

ALTER TABLE login DROP COLUMN previous_jti;

CREATE INDEX ix_login_user_id ON login (user_id);
