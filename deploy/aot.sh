#!/bin/sh
# Makes the AOT cache of a packaged program, by which it starts in about half the time: runs it once until it says that it
# is started, or ends because it has no database to start with, and lets Java write down what it has loaded.
#
#   aot.sh CACHE JAR [JAVA-OPTION...]     the options that it will be run with
set -eu
cache=$1
jar=$2
shift 2

work=$(mktemp -d)
port=${AOT_PORT:-18080}
MILLRACE_HOME="$work/home" MILLRACE_STORE_LOCAL_PATH="$work/media" QUARKUS_HTTP_PORT="$port" \
  java "$@" "-XX:AOTCacheOutput=$cache" -jar "$jar" &
program=$!

tries=0
while kill -0 "$program" 2>/dev/null && [ "$tries" -lt 120 ]; do
  if curl -fsS -o /dev/null "http://127.0.0.1:$port/q/health/started" 2>/dev/null; then
    break
  fi
  tries=$((tries + 1))
  sleep 1
done
kill -TERM "$program" 2>/dev/null || true
wait "$program" || true
rm -rf "$work"

if [ ! -s "$cache" ]; then
  echo "aot.sh: this Java has written no cache to $cache; it takes Java 25 or newer" >&2
  exit 1
fi
