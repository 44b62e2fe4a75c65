DELETE FROM "job" WHERE "kind" = 'fetch-avatar';
