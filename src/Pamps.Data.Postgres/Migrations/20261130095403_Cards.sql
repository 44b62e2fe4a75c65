CREATE TABLE card (
    id bigint NOT NULL,
    url character varying(2000) NOT NULL,
    content text,
    picture character varying(80),
    wanted_at timestamp with time zone,
    due_at timestamp with time zone NOT NULL,
    CONSTRAINT pk_card PRIMARY KEY (id)
);

ALTER TABLE post ADD card_id bigint CONSTRAINT fk_post_card REFERENCES card (id);

CREATE INDEX ix_post_card ON post (card_id, id) WHERE card_id IS NOT NULL;

CREATE INDEX ix_card_picture ON card (picture) WHERE picture IS NOT NULL;

CREATE INDEX ix_card_wanted ON card (wanted_at) WHERE wanted_at IS NOT NULL;

CREATE UNIQUE INDEX ux_card_url ON card (url);
