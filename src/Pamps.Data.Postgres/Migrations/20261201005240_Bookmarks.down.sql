DROP TABLE bookmark;

ALTER TABLE account DROP COLUMN has_bookmarks;
