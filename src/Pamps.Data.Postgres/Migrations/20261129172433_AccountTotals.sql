ALTER TABLE allowance ADD may_be_total bigint NOT NULL DEFAULT 0;

ALTER TABLE allowance ADD total bigint NOT NULL DEFAULT 0;

ALTER TABLE allowance ADD total_until bigint NOT NULL DEFAULT 0;

ALTER TABLE allowance ADD CONSTRAINT ck_allowance_total CHECK (total <= may_be_total);
