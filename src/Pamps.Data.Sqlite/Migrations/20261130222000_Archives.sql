CREATE TABLE "archive" (
    "user_id" INTEGER NOT NULL CONSTRAINT "pk_archive" PRIMARY KEY,
    "asked_at" TEXT NOT NULL,
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "ended_at" TEXT NULL,
    "file" TEXT NULL,
    "bytes" INTEGER NOT NULL DEFAULT 0,
    "error" TEXT NULL,
    "language" TEXT NULL,
    CONSTRAINT "fk_archive_user" FOREIGN KEY ("user_id") REFERENCES "user" ("id") ON DELETE CASCADE
);

CREATE TABLE "import" (
    "id" INTEGER NOT NULL CONSTRAINT "pk_import" PRIMARY KEY,
    "user_id" INTEGER NOT NULL,
    "kind" INTEGER NOT NULL,
    "visibility" INTEGER NOT NULL,
    "state" INTEGER NOT NULL DEFAULT 0,
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "created_at" TEXT NOT NULL,
    "ended_at" TEXT NULL,
    "file" TEXT NULL,
    "bytes" INTEGER NOT NULL DEFAULT 0,
    "done" INTEGER NOT NULL DEFAULT 0,
    "total" INTEGER NOT NULL DEFAULT 0,
    "report" TEXT NULL,
    "error" TEXT NULL,
    CONSTRAINT "fk_import_user" FOREIGN KEY ("user_id") REFERENCES "user" ("id") ON DELETE CASCADE
);

CREATE TABLE "imported_post" (
    "user_id" INTEGER NOT NULL,
    "origin" INTEGER NOT NULL,
    "post_id" INTEGER NOT NULL,
    CONSTRAINT "pk_imported_post" PRIMARY KEY ("user_id", "origin"),
    CONSTRAINT "fk_imported_post_user" FOREIGN KEY ("user_id") REFERENCES "user" ("id") ON DELETE CASCADE
);

CREATE INDEX "ix_archive_kept" ON "archive" ("ended_at") WHERE file IS NOT NULL;

CREATE INDEX "ix_archive_waiting" ON "archive" ("asked_at") WHERE ended_at IS NULL;

CREATE INDEX "ix_import_ended" ON "import" ("ended_at") WHERE ended_at IS NOT NULL;

CREATE INDEX "ix_import_user" ON "import" ("user_id", "id");

CREATE INDEX "ix_import_waiting" ON "import" ("id") WHERE ended_at IS NULL;

CREATE UNIQUE INDEX "ux_import_open" ON "import" ("user_id") WHERE ended_at IS NULL;
