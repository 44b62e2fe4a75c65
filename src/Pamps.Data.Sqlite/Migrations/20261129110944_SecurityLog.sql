CREATE TABLE "security_event" (
    "id" INTEGER NOT NULL CONSTRAINT "pk_security_event" PRIMARY KEY,
    "key" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "user_id" INTEGER NULL,
    "actor_id" INTEGER NULL,
    "network" TEXT NULL,
    "detail" TEXT NULL,
    "count" INTEGER NOT NULL,
    "created_at" TEXT NOT NULL,
    "last_at" TEXT NOT NULL
);

CREATE INDEX "ix_security_event_actor" ON "security_event" ("actor_id", "id");

CREATE INDEX "ix_security_event_kind" ON "security_event" ("kind", "id");

CREATE INDEX "ix_security_event_user" ON "security_event" ("user_id", "id");

CREATE UNIQUE INDEX "ux_security_event_key" ON "security_event" ("key");
