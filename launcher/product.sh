# shellcheck shell=bash
# Builds, starts, watches and stops the product: everything in one process.

JAR="$ROOT/standalone/target/quarkus-app/quarkus-run.jar"
STAMP="$ROOT/standalone/target/built-from"
PRODUCT=''

# One number for the content of all that goes into the program.
source_sum() {
  (
    cd "$ROOT" || exit
    find pom.xml ./*/pom.xml ./*/src/main -name node_modules -prune -o -type f -print |
      LC_ALL=C sort | tr '\n' '\0' | xargs -0 cksum | cksum
  )
}

build_if_stale() {
  local sum
  sum=$(source_sum)
  if [ -f "$JAR" ] && [ -f "$STAMP" ] && [ "$(cat "$STAMP")" = "$sum" ]; then
    return
  fi
  say "Building (a few minutes the first time, while libraries are downloaded) ..."
  rm -f "$STAMP"
  maven -q -Dstyle.color=never -DskipTests package -pl standalone -am || die "The build failed; the lines above say where."
  printf '%s\n' "$sum" >"$STAMP"
}

# http_status HOST PORT PATH: the status code, or nothing if nobody answers.
http_status() {
  (
    exec 3<>"/dev/tcp/$1/$2" || exit 0
    printf 'GET %s HTTP/1.0\r\nHost: %s:%s\r\n\r\n' "$3" "$1" "$2" >&3
    IFS=' ' read -r -t 5 _ code _ <&3 && printf '%s' "$code"
  ) 2>/dev/null || true
}

port_taken() {
  (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null
}

# A port that nobody listens on at the moment.
free_port() {
  local port
  while :; do
    port=$((20000 + RANDOM % 20000))
    port_taken "$port" || break
  done
  printf '%s' "$port"
}

# start_product PORT HOME: starts the process and remembers it as PRODUCT.
start_product() {
  export MILLRACE_PORT=$1 MILLRACE_HOME=$2
  "$JAVA_HOME/bin/java" --enable-native-access=ALL-UNNAMED -Dquarkus.http.port="$1" -Dmillrace.home="$2" -jar "$JAR" &
  PRODUCT=$!
}

# Waits until the product is ready; false if it ended first.
await_ready() {
  local seconds=0
  while kill -0 "$PRODUCT" 2>/dev/null; do
    [ "$(http_status 127.0.0.1 "$MILLRACE_PORT" /q/health/ready)" != 200 ] || return 0
    sleep 0.5
    seconds=$((seconds + 1))
    [ "$seconds" -ne 120 ] || say "Still not ready after a minute: see what it logged above."
  done
  return 1
}

# Asks the product to end, and makes it end after 30 seconds.
stop_product() {
  [ -n "$PRODUCT" ] || return 0
  local half_seconds=0
  kill -TERM "$PRODUCT" 2>/dev/null || true
  while kill -0 "$PRODUCT" 2>/dev/null && [ "$half_seconds" -lt 60 ]; do
    sleep 0.5
    half_seconds=$((half_seconds + 1))
  done
  kill -KILL "$PRODUCT" 2>/dev/null || true
  wait "$PRODUCT" 2>/dev/null || true
  PRODUCT=''
}

# own_product HOME LOG: builds and runs a product on a free port for as long as this command lives; sets url.
own_product() {
  local home=$1 log=$2 port
  build_if_stale
  port=$(free_port)
  say "Starting a product of our own on port $port."
  start_product "$port" "$home" >"$log" 2>&1
  if ! await_ready; then
    tail -n 40 "$log" >&2
    die "The product did not start; the end of its log stands above."
  fi
  url="http://127.0.0.1:$port"
}

# temporary_folder: makes one that goes, and a product that ends, when this command does; sets temporary.
temporary_folder() {
  temporary=$(mktemp -d)
  # shellcheck disable=SC2064 # the values of now are meant
  trap "stop_product; rm -rf '$temporary'" EXIT
  trap 'exit 130' INT TERM HUP
}

# running_url GIVEN: sets url to the address that was given or, without one, to that of MILLRACE_PORT; false if nobody
# listens there.
running_url() {
  local port
  url=${1%/}
  [ -z "$url" ] || return 0
  port=$(wanted_port)
  url="http://127.0.0.1:$port"
  port_taken "$port"
}
