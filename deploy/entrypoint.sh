#!/bin/sh
# Becomes the process that is asked for, so that stop signals reach it.
case "${1:-}" in
  api) exec node --enable-source-maps lib/src/api/main.js ;;
  worker) exec node --enable-source-maps lib/src/worker.js ;;
  *)
    echo "give the process to run: api or worker" >&2
    exit 64
    ;;
esac
