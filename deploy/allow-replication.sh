#!/bin/sh
# Run by the image of PostgreSQL when it makes the database: who knows the password may replicate it.
echo "host replication all all scram-sha-256" >>"$PGDATA/pg_hba.conf"
