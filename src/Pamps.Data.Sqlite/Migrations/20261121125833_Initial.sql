CREATE TABLE "idempotency" (
    "user_id" INTEGER NOT NULL,
    "key" TEXT NOT NULL,
    "fingerprint" TEXT NOT NULL,
    "answer" TEXT NULL,
    "created_at" TEXT NOT NULL,
    CONSTRAINT "pk_idempotency" PRIMARY KEY ("user_id", "key")
);

CREATE TABLE "user" (
    "id" INTEGER NOT NULL CONSTRAINT "pk_user" PRIMARY KEY,
    "username" TEXT NOT NULL,
    "username_key" TEXT NOT NULL,
    "email" TEXT NOT NULL,
    "email_key" TEXT NOT NULL,
    "avatar" TEXT NULL,
    "bio" TEXT NULL,
    "password" TEXT NOT NULL,
    "superuser" INTEGER NOT NULL,
    "active" INTEGER NOT NULL,
    "created_at" TEXT NOT NULL,
    "posts_count" INTEGER NOT NULL,
    "followers_count" INTEGER NOT NULL,
    "following_count" INTEGER NOT NULL,
    CONSTRAINT "ck_user_counts" CHECK (posts_count >= 0 AND followers_count >= 0 AND following_count >= 0)
);

CREATE TABLE "login" (
    "id" INTEGER NOT NULL CONSTRAINT "pk_login" PRIMARY KEY,
    "user_id" INTEGER NOT NULL,
    "refresh_jti" TEXT NOT NULL,
    "created_at" TEXT NOT NULL,
    "expires_at" TEXT NOT NULL,
    CONSTRAINT "fk_login_user" FOREIGN KEY ("user_id") REFERENCES "user" ("id") ON DELETE CASCADE
);

CREATE TABLE "post" (
    "id" INTEGER NOT NULL CONSTRAINT "pk_post" PRIMARY KEY,
    "text" TEXT NOT NULL,
    "date" TEXT NOT NULL,
    "user_id" INTEGER NOT NULL,
    "parent_id" INTEGER NULL,
    "edited_at" TEXT NULL,
    "likes_count" INTEGER NOT NULL,
    "replies_count" INTEGER NOT NULL,
    CONSTRAINT "ck_post_counts" CHECK (likes_count >= 0 AND replies_count >= 0),
    CONSTRAINT "fk_post_user" FOREIGN KEY ("user_id") REFERENCES "user" ("id") ON DELETE CASCADE
);

CREATE TABLE "social" (
    "id" INTEGER NOT NULL CONSTRAINT "pk_social" PRIMARY KEY,
    "from" INTEGER NOT NULL,
    "to" INTEGER NOT NULL,
    "date" TEXT NOT NULL,
    CONSTRAINT "ck_social_not_oneself" CHECK ("from" <> "to"),
    CONSTRAINT "fk_social_from" FOREIGN KEY ("from") REFERENCES "user" ("id") ON DELETE CASCADE,
    CONSTRAINT "fk_social_to" FOREIGN KEY ("to") REFERENCES "user" ("id") ON DELETE CASCADE
);

CREATE TABLE "like" (
    "id" INTEGER NOT NULL CONSTRAINT "pk_like" PRIMARY KEY,
    "user_id" INTEGER NOT NULL,
    "post_id" INTEGER NOT NULL,
    "date" TEXT NOT NULL,
    CONSTRAINT "fk_like_post" FOREIGN KEY ("post_id") REFERENCES "post" ("id") ON DELETE CASCADE,
    CONSTRAINT "fk_like_user" FOREIGN KEY ("user_id") REFERENCES "user" ("id") ON DELETE CASCADE
);

CREATE INDEX "ix_idempotency_created_at" ON "idempotency" ("created_at");

CREATE INDEX "ix_like_post" ON "like" ("post_id", "id");

CREATE INDEX "ix_like_user" ON "like" ("user_id", "id");

CREATE UNIQUE INDEX "ux_like_post_user" ON "like" ("post_id", "user_id");

CREATE INDEX "ix_login_expires_at" ON "login" ("expires_at");

CREATE INDEX "ix_login_user_id" ON "login" ("user_id");

CREATE INDEX "ix_post_home" ON "post" ("id") WHERE parent_id IS NULL;

CREATE INDEX "ix_post_replies" ON "post" ("parent_id", "id") WHERE parent_id IS NOT NULL;

CREATE INDEX "ix_post_user_all" ON "post" ("user_id", "id");

CREATE INDEX "ix_post_user_own" ON "post" ("user_id", "id") WHERE parent_id IS NULL;

CREATE INDEX "ix_social_from" ON "social" ("from", "id");

CREATE INDEX "ix_social_to" ON "social" ("to", "id");

CREATE UNIQUE INDEX "ux_social_from_to" ON "social" ("from", "to");

CREATE UNIQUE INDEX "ux_user_email_key" ON "user" ("email_key");

CREATE UNIQUE INDEX "ux_user_username_key" ON "user" ("username_key");
