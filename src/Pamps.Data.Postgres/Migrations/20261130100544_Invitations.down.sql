DROP TABLE invitation;

ALTER TABLE account DROP COLUMN invited_by;
