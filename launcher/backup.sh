# shellcheck shell=bash
# ./millrace backup and restore: a copy of a whole library, made while it is used, and the way back.

backup() {
  copy_library backup "$@"
}

restore() {
  copy_library restore "$@"
}

# copy_library COMMAND [--partly] FOLDER: runs the program that does both, with the settings and libraries of the product.
copy_library() {
  local command=$1 usage="./millrace $1 DIR" partly='' folder home libraries
  shift
  UNABLE=2
  [ "$command" = backup ] || usage="./millrace restore [--partly] DIR"
  if [ "$command" = restore ] && [ "${1:-}" = --partly ]; then
    partly=--partly
    shift
  fi
  [ $# -eq 1 ] && [ -n "$1" ] && [ "${1#-}" = "$1" ] || die "$command takes one folder: $usage"
  folder=$1
  home=$(default_home)
  if [ "$command" = backup ]; then
    [ -d "$home" ] || die "There is no library in $home: set MILLRACE_HOME."
  else
    [ -f "$folder/backup.json" ] || die "There is no whole backup in $folder: it has no backup.json, which is written last."
  fi
  find_jdk || check_tools up
  # A running product may be using the files that a build replaces, and those that are there know its tables.
  [ -f "$JAR" ] || { find_tools up && build_if_stale; }
  libraries=$(dirname "$JAR")/lib
  "$JAVA_HOME/bin/java" --enable-native-access=ALL-UNNAMED -Dmillrace.home="$home" \
    -cp "$libraries/boot/*:$libraries/main/*" org.millrace.api.backup.BackupProgram "$command" $partly "$folder"
}
