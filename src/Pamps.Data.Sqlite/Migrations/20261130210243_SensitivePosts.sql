ALTER TABLE "post" ADD "covered_by" INTEGER NULL;

ALTER TABLE "post" ADD "sensitive" INTEGER NOT NULL DEFAULT 0;

CREATE INDEX "ix_security_event_network" ON "security_event" ("network", "id") WHERE network IS NOT NULL;

CREATE INDEX "ix_post_covered" ON "post" ("covered_by") WHERE covered_by IS NOT NULL;
