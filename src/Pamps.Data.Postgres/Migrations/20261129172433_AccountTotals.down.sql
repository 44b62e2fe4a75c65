ALTER TABLE allowance DROP CONSTRAINT ck_allowance_total;

ALTER TABLE allowance DROP COLUMN may_be_total;

ALTER TABLE allowance DROP COLUMN total;

ALTER TABLE allowance DROP COLUMN total_until;
