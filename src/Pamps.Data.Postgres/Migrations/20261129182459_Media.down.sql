DROP TABLE media;

DROP TABLE media_file;

DROP TABLE media_total;

ALTER TABLE post DROP COLUMN media;

ALTER TABLE account DROP COLUMN media_bytes;
