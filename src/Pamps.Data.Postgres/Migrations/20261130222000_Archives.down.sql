DROP TABLE archive;

DROP TABLE import;

DROP TABLE imported_post;
