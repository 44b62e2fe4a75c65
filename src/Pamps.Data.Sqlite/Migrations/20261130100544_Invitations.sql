ALTER TABLE "account" ADD "invited_by" INTEGER NULL;

CREATE TABLE "invitation" (
    "id" INTEGER NOT NULL CONSTRAINT "pk_invitation" PRIMARY KEY,
    "user_id" INTEGER NULL,
    "uses" INTEGER NOT NULL,
    "used" INTEGER NOT NULL,
    "created_at" TEXT NOT NULL,
    "expires_at" TEXT NOT NULL,
    CONSTRAINT "ck_invitation_used" CHECK (used <= uses),
    CONSTRAINT "fk_invitation_user" FOREIGN KEY ("user_id") REFERENCES "user" ("id") ON DELETE CASCADE
);

CREATE INDEX "ix_invitation_expires_at" ON "invitation" ("expires_at");

CREATE INDEX "ix_invitation_user" ON "invitation" ("user_id", "id");
