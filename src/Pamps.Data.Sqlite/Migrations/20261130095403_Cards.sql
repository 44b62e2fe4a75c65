CREATE TABLE "card" (
    "id" INTEGER NOT NULL CONSTRAINT "pk_card" PRIMARY KEY,
    "url" TEXT NOT NULL,
    "content" TEXT NULL,
    "picture" TEXT NULL,
    "wanted_at" TEXT NULL,
    "due_at" TEXT NOT NULL
);

ALTER TABLE "post" ADD "card_id" INTEGER NULL CONSTRAINT "fk_post_card" REFERENCES "card" ("id");

CREATE INDEX "ix_post_card" ON "post" ("card_id", "id") WHERE card_id IS NOT NULL;

CREATE INDEX "ix_card_picture" ON "card" ("picture") WHERE picture IS NOT NULL;

CREATE INDEX "ix_card_wanted" ON "card" ("wanted_at") WHERE wanted_at IS NOT NULL;

CREATE UNIQUE INDEX "ux_card_url" ON "card" ("url");
