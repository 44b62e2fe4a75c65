-- The version before knows no account that is being erased: it goes at once, and is counted off.
UPDATE post SET likes_count = likes_count - (
    SELECT count(*) FROM "like" l JOIN "user" u ON u.id = l.user_id
    WHERE l.post_id = post.id AND u.deleted_at IS NOT NULL
)
WHERE id IN (SELECT l.post_id FROM "like" l JOIN "user" u ON u.id = l.user_id WHERE u.deleted_at IS NOT NULL);

UPDATE post SET replies_count = replies_count - (
    SELECT count(*) FROM post r JOIN "user" u ON u.id = r.user_id
    WHERE r.parent_id = post.id AND r.visibility IN (0, 1, 10, 11) AND u.deleted_at IS NOT NULL
)
WHERE id IN (SELECT r.parent_id FROM post r JOIN "user" u ON u.id = r.user_id WHERE u.deleted_at IS NOT NULL);

UPDATE "user" SET followers_count = followers_count - (
    SELECT count(*) FROM social s JOIN "user" u ON u.id = s."from"
    WHERE s."to" = "user".id AND u.deleted_at IS NOT NULL
)
WHERE id IN (SELECT s."to" FROM social s JOIN "user" u ON u.id = s."from" WHERE u.deleted_at IS NOT NULL);

UPDATE "user" SET following_count = following_count - (
    SELECT count(*) FROM social s JOIN "user" u ON u.id = s."to"
    WHERE s."from" = "user".id AND u.deleted_at IS NOT NULL
)
WHERE id IN (SELECT s."from" FROM social s JOIN "user" u ON u.id = s."to" WHERE u.deleted_at IS NOT NULL);

DELETE FROM "user" WHERE deleted_at IS NOT NULL;

DROP TRIGGER "account_gone_for_the_version_before";

DROP INDEX "ix_user_deleted_at";

ALTER TABLE "user" DROP COLUMN "deleted_at";
