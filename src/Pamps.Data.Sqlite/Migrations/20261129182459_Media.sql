ALTER TABLE "post" ADD "media" TEXT NULL;

ALTER TABLE "account" ADD "media_bytes" INTEGER NOT NULL DEFAULT 0;

CREATE TABLE "media" (
    "id" INTEGER NOT NULL CONSTRAINT "pk_media" PRIMARY KEY,
    "user_id" INTEGER NOT NULL,
    "post_id" INTEGER NULL,
    "place" INTEGER NOT NULL DEFAULT 0,
    "kind" INTEGER NOT NULL,
    "file" TEXT NOT NULL,
    "preview" TEXT NOT NULL,
    "width" INTEGER NOT NULL,
    "height" INTEGER NOT NULL,
    "bytes" INTEGER NOT NULL,
    "blurhash" TEXT NOT NULL,
    "description" TEXT NULL,
    "focus_x" INTEGER NOT NULL DEFAULT 0,
    "focus_y" INTEGER NOT NULL DEFAULT 0,
    CONSTRAINT "fk_media_post" FOREIGN KEY ("post_id") REFERENCES "post" ("id") ON DELETE SET NULL,
    CONSTRAINT "fk_media_user" FOREIGN KEY ("user_id") REFERENCES "user" ("id") ON DELETE CASCADE
);

CREATE TABLE "media_file" (
    "name" TEXT NOT NULL CONSTRAINT "pk_media_file" PRIMARY KEY,
    "bytes" INTEGER NOT NULL,
    "unused_since" TEXT NULL
);

CREATE TABLE "media_total" (
    "id" INTEGER NOT NULL CONSTRAINT "pk_media_total" PRIMARY KEY,
    "bytes" INTEGER NOT NULL
);

CREATE INDEX "ix_media_file" ON "media" ("file");

CREATE INDEX "ix_media_post" ON "media" ("post_id") WHERE post_id IS NOT NULL;

CREATE INDEX "ix_media_preview" ON "media" ("preview");

CREATE INDEX "ix_media_user" ON "media" ("user_id", "id");

CREATE INDEX "ix_media_without_post" ON "media" ("id") WHERE post_id IS NULL;

CREATE INDEX "ix_media_file_unused" ON "media_file" ("unused_since") WHERE unused_since IS NOT NULL;
