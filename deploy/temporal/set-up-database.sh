#!/bin/sh
# Creates Temporal's two databases and brings their schemas to the version of this image. Harmless to repeat: what is there stays.
# Before a newer server runs on an older database, this runs with the newer image (one minor version at a time).
# Reads SQL_HOST, SQL_PORT, SQL_USER and SQL_PASSWORD.
set -eu

export SQL_PLUGIN=postgres12

bring_up() {
  temporal-sql-tool --db "$1" create-database
  temporal-sql-tool --db "$1" setup-schema -v 0.0
  temporal-sql-tool --db "$1" update-schema --schema-name "$2"
}

bring_up temporal postgresql/v12/temporal
bring_up temporal_visibility postgresql/v12/visibility
