#!/bin/sh
# Creates Convoke's namespace and its search attributes, or brings an existing namespace to the retention. Harmless to repeat.
# Reads TEMPORAL_ADDRESS and TEMPORAL_NAMESPACE.
set -eu

# How long the history of an ended workflow can be read. The server's default of 3 days is too short to look into last week.
retention=30d

# A server learns of a new namespace some seconds after it was made; until then it says that there is none.
patiently() {
  tries=0
  until "$@"; do
    tries=$((tries + 1))
    if [ "$tries" -ge 30 ]; then
      echo "given up: $*" >&2
      return 1
    fi
    sleep 2
  done
}

if temporal operator namespace describe --namespace "$TEMPORAL_NAMESPACE" >/dev/null 2>&1; then
  patiently temporal operator namespace update --namespace "$TEMPORAL_NAMESPACE" --retention "$retention"
else
  patiently temporal operator namespace create --namespace "$TEMPORAL_NAMESPACE" --retention "$retention" \
    --description 'Convoke: one workflow for each Docebo session'
fi

# The worker creates what is missing, too; made here they can be searched from the first workflow on.
patiently temporal operator search-attribute create --namespace "$TEMPORAL_NAMESPACE" \
  --name ConvokePlatform --type Keyword \
  --name DoceboSessionId --type Keyword \
  --name DoceboCourseId --type Keyword \
  --name ConvokeMailbox --type Keyword \
  --name SyncStatus --type Keyword \
  --name SessionStartsAt --type Datetime
