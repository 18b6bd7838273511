# shellcheck shell=bash
# ./millrace corpus: runs a folder of media files through a product; the program in corpus/ does the work.

# Runs a product of our own in a temporary home for as long as this command lives.
own_product() {
  local port home
  build_if_stale
  port=$(free_port)
  home=$(mktemp -d)
  # shellcheck disable=SC2064 # the values of now are meant
  trap "stop_product; rm -rf '$home'" EXIT
  trap 'exit 130' INT TERM HUP
  say "Nothing answers at $url: starting a product of our own on port $port."
  start_product "$port" "$home" >"$home/log" 2>&1
  if ! await_ready; then
    tail -n 40 "$home/log" >&2
    die "The product did not start; the end of its log stands above."
  fi
  url="http://127.0.0.1:$port"
}

corpus() {
  local folder='' url='' given=''
  while [ $# -gt 0 ]; do
    case $1 in
      --url)
        [ $# -ge 2 ] || die "--url needs an address, for example --url http://127.0.0.1:8080"
        url=${2%/} given=yes
        shift 2
        ;;
      -*) die "corpus does not know \"$1\": ./millrace corpus DIR [--url URL]" ;;
      *)
        [ -z "$folder" ] || die "corpus takes one folder: ./millrace corpus DIR [--url URL]"
        folder=$1
        shift
        ;;
    esac
  done
  [ -n "$folder" ] || die "Say which folder: ./millrace corpus DIR [--url URL]"
  [ -f "$folder/MANIFEST.tsv" ] || die "There is no MANIFEST.tsv in $folder: it must list the files with their expectations."

  find_tools up
  if [ -z "$given" ]; then
    local port
    port=$(wanted_port)
    url="http://127.0.0.1:$port"
    port_taken "$port" || own_product
  fi
  local classes="$ROOT/target/corpus"
  "$JAVA_HOME/bin/javac" -d "$classes" "$ROOT"/launcher/corpus/*.java
  "$JAVA_HOME/bin/java" -cp "$classes" Corpus "$folder" "$url"
}
