INSERT INTO "job" ("id", "kind", "key", "run_at", "attempts")
SELECT "id", 'fetch-avatar', CAST("id" AS text), now(), 0
FROM "user"
WHERE "avatar" LIKE 'https://%'
ON CONFLICT DO NOTHING;
