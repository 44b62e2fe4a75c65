ALTER TABLE "media" ADD "duration_ms" INTEGER NULL;
