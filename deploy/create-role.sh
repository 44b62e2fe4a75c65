#!/bin/sh
# Run by the image of PostgreSQL when it makes the database: Pamps gets a role that owns its own database and is no superuser.
psql --set=ON_ERROR_STOP=1 --username="$POSTGRES_USER" --dbname="$POSTGRES_DB" <<'SQL'
\getenv password DB_PASSWORD
CREATE ROLE pamps LOGIN PASSWORD :'password';
CREATE DATABASE pamps OWNER pamps;
SQL
