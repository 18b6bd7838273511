# shellcheck shell=bash
# ./millrace chaos: the long fault suite, against installations of real programs and real servers.

CHAOS_USAGE="./millrace chaos [--minutes N] [--shape SHAPE,...] [--scenario NAME,...] [--size N] [--seed N] [--json FILE]"

chaos() {
  local arguments=() class_path="$ROOT/standalone/target/test-class-path" classes="$ROOT/standalone/target"
  UNABLE=2
  while [ $# -gt 0 ]; do
    case $1 in
      --json)
        [ $# -ge 2 ] || die "$1 needs a value: $CHAOS_USAGE"
        # The suite runs in another folder.
        arguments+=("$1" "$(cd "$(dirname "$2")" && pwd)/$(basename "$2")")
        shift 2
        ;;
      --minutes | --shape | --scenario | --size | --seed)
        [ $# -ge 2 ] || die "$1 needs a value: $CHAOS_USAGE"
        arguments+=("$1" "$2")
        shift 2
        ;;
      *) die "chaos does not know \"$1\": $CHAOS_USAGE" ;;
    esac
  done
  [ -r /proc/self/stat ] || die "chaos stops processes and reads /proc: it needs Linux."
  find_tools chaos
  say "Building ..."
  maven -q -Dstyle.color=never -DskipTests pre-integration-test -pl standalone -am ||
    die "The build failed; the lines above say where."
  trap 'exit 130' INT TERM HUP
  (
    cd "$ROOT/standalone" || exit "$UNABLE"
    "$JAVA_HOME/bin/java" --enable-native-access=ALL-UNNAMED \
      -cp "$classes/test-classes:$classes/classes:$(cat "$class_path")" \
      org.millrace.standalone.chaos.Chaos "${arguments[@]+"${arguments[@]}"}"
  )
}
