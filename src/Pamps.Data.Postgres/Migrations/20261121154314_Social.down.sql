DROP TABLE post_search;

DROP TABLE user_search;

DROP TABLE event;

DROP TABLE hashtag;

DROP TABLE mention;

DROP TABLE notification;

DROP INDEX ix_post_without_entities;

ALTER TABLE "user" DROP COLUMN notifications_read;

ALTER TABLE post DROP COLUMN entities;

ALTER TABLE login DROP COLUMN client;

ALTER TABLE login DROP COLUMN last_used_at;
