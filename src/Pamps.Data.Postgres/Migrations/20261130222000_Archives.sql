CREATE TABLE archive (
    user_id bigint NOT NULL,
    asked_at timestamp with time zone NOT NULL,
    attempts integer NOT NULL DEFAULT 0,
    ended_at timestamp with time zone,
    file character varying(40),
    bytes bigint NOT NULL DEFAULT 0,
    error character varying(40),
    language character varying(35),
    CONSTRAINT pk_archive PRIMARY KEY (user_id),
    CONSTRAINT fk_archive_user FOREIGN KEY (user_id) REFERENCES "user" (id) ON DELETE CASCADE
);

CREATE TABLE import (
    id bigint NOT NULL,
    user_id bigint NOT NULL,
    kind smallint NOT NULL,
    visibility smallint NOT NULL,
    state smallint NOT NULL DEFAULT 0,
    attempts integer NOT NULL DEFAULT 0,
    created_at timestamp with time zone NOT NULL,
    ended_at timestamp with time zone,
    file character varying(40),
    bytes bigint NOT NULL DEFAULT 0,
    done bigint NOT NULL DEFAULT 0,
    total bigint NOT NULL DEFAULT 0,
    report text,
    error character varying(40),
    CONSTRAINT pk_import PRIMARY KEY (id),
    CONSTRAINT fk_import_user FOREIGN KEY (user_id) REFERENCES "user" (id) ON DELETE CASCADE
);

CREATE TABLE imported_post (
    user_id bigint NOT NULL,
    origin bigint NOT NULL,
    post_id bigint NOT NULL,
    CONSTRAINT pk_imported_post PRIMARY KEY (user_id, origin),
    CONSTRAINT fk_imported_post_user FOREIGN KEY (user_id) REFERENCES "user" (id) ON DELETE CASCADE
);

CREATE INDEX ix_archive_kept ON archive (ended_at) WHERE file IS NOT NULL;

CREATE INDEX ix_archive_waiting ON archive (asked_at) WHERE ended_at IS NULL;

CREATE INDEX ix_import_ended ON import (ended_at) WHERE ended_at IS NOT NULL;

CREATE INDEX ix_import_user ON import (user_id, id);

CREATE INDEX ix_import_waiting ON import (id) WHERE ended_at IS NULL;

CREATE UNIQUE INDEX ux_import_open ON import (user_id) WHERE ended_at IS NULL;
