INSERT INTO "job" ("id", "kind", "key", "run_at", "attempts")
SELECT "id", 'fetch-avatar', CAST("id" AS text), '2026-11-30 00:00:00', 0
FROM "user"
WHERE "avatar" LIKE 'https://%'
ON CONFLICT DO NOTHING;
