ALTER TABLE "account" ADD "has_bookmarks" INTEGER NOT NULL DEFAULT 0;

CREATE TABLE "bookmark" (
    "id" INTEGER NOT NULL CONSTRAINT "pk_bookmark" PRIMARY KEY,
    "user_id" INTEGER NOT NULL,
    "post_id" INTEGER NOT NULL,
    "date" TEXT NOT NULL,
    CONSTRAINT "fk_bookmark_post" FOREIGN KEY ("post_id") REFERENCES "post" ("id") ON DELETE CASCADE,
    CONSTRAINT "fk_bookmark_user" FOREIGN KEY ("user_id") REFERENCES "user" ("id") ON DELETE CASCADE
);

CREATE INDEX "ix_bookmark_user" ON "bookmark" ("user_id", "id");

CREATE UNIQUE INDEX "ux_bookmark_post_user" ON "bookmark" ("post_id", "user_id");
