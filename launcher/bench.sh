# shellcheck shell=bash
# ./millrace bench: figures of the product as ratios to named references, measured in one run on this machine.

BENCH_USAGE="./millrace bench [--quick] [--only ROW,...] [--json FILE]"

bench() {
  local arguments=()
  UNABLE=2
  while [ $# -gt 0 ]; do
    case $1 in
      --quick)
        arguments+=("$1")
        shift
        ;;
      --only | --json)
        [ $# -ge 2 ] || die "$1 needs a value: $BENCH_USAGE"
        arguments+=("$1" "$2")
        shift 2
        ;;
      *) die "bench does not know \"$1\": $BENCH_USAGE" ;;
    esac
  done
  [ -r /proc/self/stat ] || die "bench reads processor times from /proc: it needs Linux."
  find_tools bench
  build_if_stale
  trap 'exit 130' INT TERM HUP
  java_program millrace.bench.Bench "$JAR" "${arguments[@]+"${arguments[@]}"}"
}
