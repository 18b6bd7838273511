# shellcheck shell=bash
# ./millrace verify: proves that a whole library is what was written.

verify() {
  local deep='' given='' url temporary home
  UNABLE=2
  while [ $# -gt 0 ]; do
    case $1 in
      --deep)
        deep=--deep
        shift
        ;;
      --url)
        [ $# -ge 2 ] || die "--url needs an address, for example --url http://127.0.0.1:8080"
        given=$2
        shift 2
        ;;
      *) die "verify does not know \"$1\": ./millrace verify [--deep] [--url URL]" ;;
    esac
  done
  if ! running_url "$given"; then
    home=$(default_home)
    [ -f "$home/millrace.db" ] || die "Nothing answers at $url, and there is no library in $home: set MILLRACE_PORT, MILLRACE_HOME or --url."
    say "Nothing answers at $url."
    find_tools up
    temporary_folder
    own_product "$(cd "$home" && pwd)" "$temporary/log"
  else
    find_jdk || check_tools up
  fi
  java_program millrace.verify.Verify "$url" $deep
}
