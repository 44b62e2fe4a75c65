#!/bin/sh
# Run by the image of PostgreSQL when it makes the database: Pamps gets a role that owns its own databases and is no superuser.
{
  cat <<'SQL'
\getenv password DB_PASSWORD
CREATE ROLE pamps LOGIN PASSWORD :'password';
SQL
  for name in ${PAMPS_DATABASES:-pamps}; do
    echo "CREATE DATABASE $name OWNER pamps ENCODING 'UTF8' TEMPLATE template0;"
  done
} | psql --set=ON_ERROR_STOP=1 --username="$POSTGRES_USER" --dbname="$POSTGRES_DB"
