UPDATE media_file SET unused_since = '2026-01-01 00:00:00Z' WHERE name IN (SELECT picture FROM card WHERE picture IS NOT NULL);

ALTER TABLE post DROP CONSTRAINT fk_post_card;

DROP INDEX ix_post_card;

ALTER TABLE post DROP COLUMN card_id;

DROP TABLE card;
