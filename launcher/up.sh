# shellcheck shell=bash
# ./millrace up: the whole product in one process, in the foreground.

default_home() {
  printf '%s' "${MILLRACE_HOME:-${XDG_DATA_HOME:-${HOME:-/root}/.local/share}/millrace}"
}

# The port to listen on, checked before anything slow happens.
wanted_port() {
  local port=${MILLRACE_PORT:-8080}
  case $port in
    0* | *[!0-9]* | ??????*) port=0 ;;
  esac
  if [ "$port" -lt 1 ] || [ "$port" -gt 65535 ]; then
    die "MILLRACE_PORT must be a number from 1 to 65535, not \"$MILLRACE_PORT\"."
  fi
  printf '%s' "$port"
}

# Creates the data folder and prints its absolute path.
wanted_home() {
  local home
  home=$(default_home)
  if ! mkdir -p "$home" 2>/dev/null || ! [ -w "$home" ]; then
    die "The data folder $home cannot be written: set MILLRACE_HOME to one that can."
  fi
  cd "$home" && pwd
}

up() {
  [ $# -eq 0 ] || die "up takes no arguments: set MILLRACE_PORT and MILLRACE_HOME instead."
  local port home status=0
  port=$(wanted_port)
  ! port_taken "$port" ||
    die "Port $port is taken by another program: choose a free one, for example MILLRACE_PORT=$(free_port) ./millrace up"
  home=$(wanted_home)

  find_tools up
  build_if_stale
  trap 'trap "" INT TERM HUP; say "Stopping ..."; stop_product; say "Stopped."; exit 0' INT TERM HUP
  start_product "$port" "$home"
  if await_ready; then
    printf '\n  Millrace runs at http://127.0.0.1:%s\n  Its data is in %s\n  Ctrl-C stops it.\n\n' "$port" "$home"
  fi
  wait "$PRODUCT" || status=$?
  die "Millrace ended by itself with exit code $status; the lines above say why."
}
