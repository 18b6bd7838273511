# shellcheck shell=bash
# ./millrace doctor: finds out what is wrong with an installation, and says how to mend it.

doctor() {
  local given='' url
  UNABLE=2
  if [ $# -gt 0 ]; then
    [ $# -eq 2 ] && [ "$1" = --url ] || die "doctor takes an address only: ./millrace doctor [--url URL]"
    given=$2
  fi
  running_url "$given" || die "Nothing answers at $url: ./millrace doctor [--url URL]"
  find_jdk || check_tools up
  java_program millrace.doctor.Doctor "${url%/}"
}
