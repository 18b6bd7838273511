# shellcheck shell=bash
# Finds the JDK, Maven, FFmpeg, Node and the services that tests use; installs what apt-get has.

JDK_WANTED=21
MAVEN_WANTED=3.8.6
NODE_WANTED=18.0.0
# FFmpeg is recognised by its libavutil, because builds from git carry no version number: 57.28 is FFmpeg 5.1.
AVUTIL_WANTED=57.28.0

# at_least HAVE WANTED: compares up to three dotted numbers.
at_least() {
  local have wanted i
  IFS=. read -r -a have <<<"${1:-0}"
  IFS=. read -r -a wanted <<<"$2"
  for i in 0 1 2; do
    local h=${have[i]:-0} w=${wanted[i]:-0}
    h=${h%%[!0-9]*} w=${w%%[!0-9]*}
    if [ "${h:-0}" -ne "${w:-0}" ]; then
      [ "${h:-0}" -gt "${w:-0}" ]
      return
    fi
  done
}

have() {
  command -v "$1" >/dev/null 2>&1
}

# The major version of the JDK in folder $1; nothing if it is not a JDK (a runtime without javac is not enough).
jdk_major() {
  [ -x "$1/bin/java" ] && [ -x "$1/bin/javac" ] || return 0
  "$1/bin/java" -version 2>&1 | sed -n 's/^[^"]*version "\([0-9]*\).*/\1/p'
}

# Folders that may hold a JDK, the user's own choice first.
jdk_candidates() {
  local javac
  [ -z "${JAVA_HOME:-}" ] || printf '%s\n' "$JAVA_HOME"
  if javac=$(command -v javac 2>/dev/null); then
    javac=$(readlink -f "$javac" 2>/dev/null || printf '%s' "$javac")
    dirname "$(dirname "$javac")"
  fi
  [ ! -x /usr/libexec/java_home ] || /usr/libexec/java_home -v "$JDK_WANTED+" 2>/dev/null || true
  local folder
  for folder in /usr/lib/jvm/* /usr/java/* /usr/local/openjdk* /opt/* /opt/java/* "${HOME:-/root}"/.sdkman/candidates/java/* \
    "${HOME:-/root}"/.jdks/* /Library/Java/JavaVirtualMachines/*/Contents/Home; do
    [ ! -d "$folder" ] || printf '%s\n' "$folder"
  done
}

# Sets and exports JAVA_HOME and JDK_MAJOR to the first JDK that is new enough; false if there is none.
find_jdk() {
  local folder major
  while IFS= read -r folder; do
    major=$(jdk_major "$folder")
    if [ -n "$major" ] && [ "$major" -ge "$JDK_WANTED" ]; then
      export JAVA_HOME=$folder
      JDK_MAJOR=$major
      return 0
    fi
  done < <(jdk_candidates)
  return 1
}

maven_ok() {
  have mvn && at_least "$(mvn -v 2>/dev/null | sed -n 's/.*Apache Maven \([0-9.]*\).*/\1/p')" "$MAVEN_WANTED"
}

ffmpeg_ok() {
  have ffmpeg && have ffprobe &&
    at_least "$(ffmpeg -version 2>/dev/null | sed -n 's/^libavutil *\([0-9]*\)\. *\([0-9]*\).*/\1.\2/p')" "$AVUTIL_WANTED"
}

node_ok() {
  have node && have npm && at_least "$(node --version 2>/dev/null | tr -d v)" "$NODE_WANTED"
}

chromium_ok() {
  have chromium || have chromium-browser || have google-chrome
}

# Debian keeps both where PATH does not lead.
postgresql_ok() {
  have postgres || ls /usr/lib/postgresql/*/bin/postgres
}

nginx_ok() {
  have nginx || [ -x /usr/sbin/nginx ]
}

# Prints how to run a command as root without a password: "" or "sudo -n"; false if that is impossible.
root_prefix() {
  if [ "$(id -u)" -eq 0 ]; then
    return 0
  fi
  have sudo && sudo -n true 2>/dev/null && printf 'sudo -n'
}

# A package that brings a JDK that is new enough, or nothing.
jdk_package() {
  local package
  for package in openjdk-25-jdk-headless openjdk-21-jdk-headless; do
    if apt-cache policy "$package" 2>/dev/null | grep 'Candidate: [0-9]' >/dev/null; then
      printf '%s' "$package"
      return
    fi
  done
}

# Installs packages with apt-get, and starts none of the services they bring.
apt_install() {
  local sudo guard='' policy=/usr/sbin/policy-rc.d failed=0
  sudo=$(root_prefix)
  say "Installing with apt-get: $*"
  if [ ! -e "$policy" ]; then
    guard=$policy
    # shellcheck disable=SC2064 # the values of now are meant
    trap "$sudo rm -f $policy" EXIT
    printf '#!/bin/sh\nexit 101\n' | $sudo tee "$policy" >/dev/null
    $sudo chmod 755 "$policy"
  fi
  $sudo env DEBIAN_FRONTEND=noninteractive apt-get -q -y -o DPkg::Lock::Timeout=300 -o Dpkg::Use-Pty=0 \
    install --no-install-recommends "$@" >/dev/null || failed=1
  if [ -n "$guard" ]; then
    $sudo rm -f "$policy"
    trap - EXIT
  fi
  # Where systemd runs, services that tests start for themselves must not come up at the next boot either.
  local service
  for service in rabbitmq-server postgresql nginx; do
    case " $* " in
      *" $service"*) [ ! -d /run/systemd/system ] || $sudo systemctl disable --now --quiet "$service" || true ;;
    esac
  done
  [ "$failed" -eq 0 ] || die "apt-get could not install $*: run \"sudo apt-get install $*\" and see what it says."
}

# need PACKAGE CHECK...: remembers PACKAGE as missing unless CHECK succeeds.
need() {
  local package=$1
  shift
  "$@" >/dev/null 2>&1 || MISSING="$MISSING $package"
}

# Finds the tools for $1 ("up", "test" or "bench"), installs what is missing, and stops with the remedy if it cannot.
find_tools() {
  MISSING=''
  need maven maven_ok
  need ffmpeg ffmpeg_ok
  have node && node_ok || MISSING="$MISSING nodejs npm"
  [ "$(uname -s)" != Linux ] || need bubblewrap have bwrap
  if [ "$1" = test ]; then
    need rabbitmq-server have rabbitmq-server
    need postgresql postgresql_ok
    need nginx-light nginx_ok
    need chromium chromium_ok
    need git have git
  fi
  if [ "$1" = chaos ]; then
    need rabbitmq-server have rabbitmq-server
    need postgresql postgresql_ok
    need nginx-light nginx_ok
    need faketime have faketime
  fi
  if [ "$1" = bench ]; then
    need chromium chromium_ok
    need nginx-light have nginx
    need wrk have wrk
  fi
  local jdk=found
  find_jdk || jdk=''

  if [ -n "$MISSING" ] || [ -z "$jdk" ]; then
    if have apt-get && root_prefix >/dev/null; then
      # shellcheck disable=SC2046 # an empty prefix must vanish
      $(root_prefix) apt-get -q -o DPkg::Lock::Timeout=300 update >/dev/null ||
        say "apt-get update failed; going on with the package lists that are here."
      [ -n "$jdk" ] || MISSING="$MISSING $(jdk_package)"
      # shellcheck disable=SC2086 # a list of words
      [ -z "${MISSING// /}" ] || apt_install $MISSING
    fi
  fi
  check_tools "$1"
}

# How to install packages here, for the sentence that ends the command.
remedy() {
  if have apt-get; then
    printf 'run "sudo apt-get install %s"' "$1"
  elif have brew; then
    printf 'run "brew install %s"' "$2"
  else
    printf 'install it with your package manager'
  fi
}

# Stops with one sentence if a tool is still missing or too old.
check_tools() {
  find_jdk || die "Millrace needs a JDK $JDK_WANTED or newer and found none (JAVA_HOME, PATH, /usr/lib/jvm, /opt, ~/.sdkman):" \
    "unpack one from https://adoptium.net, set JAVA_HOME to its folder, and run this again."
  maven_ok || die "Millrace needs Maven $MAVEN_WANTED or newer: $(remedy maven maven), or unpack it from https://maven.apache.org and put its bin folder on PATH."
  ffmpeg_ok || die "Millrace needs ffmpeg and ffprobe 5.1 or newer: $(remedy ffmpeg ffmpeg), or put a newer build first on PATH."
  node_ok || die "Millrace needs Node ${NODE_WANTED%%.*} or newer with npm: $(remedy "nodejs npm" node), or put a newer one first on PATH."
  if [ "$1" = test ]; then
    have rabbitmq-server || die "The tests need rabbitmq-server: $(remedy rabbitmq-server rabbitmq)."
    postgresql_ok >/dev/null 2>&1 || die "The tests need PostgreSQL: $(remedy postgresql postgresql@15)."
    nginx_ok || die "The tests need nginx: $(remedy nginx-light nginx)."
    chromium_ok || die "The tests need Chromium: $(remedy chromium "--cask chromium")."
  fi
  # Without these, the rows that need them say so.
  [ "$1" != bench ] || { chromium_ok && have nginx && have wrk; } ||
    say "Some rows cannot be measured: $(remedy "chromium nginx-light wrk" "chromium nginx wrk") for all of them."
  [ "$(uname -s)" != Linux ] || have bwrap ||
    say "bubblewrap is not installed: ffmpeg runs in a weaker sandbox ($(remedy bubblewrap bubblewrap) for the strong one)."
  say "Using JDK $JDK_MAJOR in $JAVA_HOME"
}

# Runs Maven quietly on new JDKs too, which warn about what Maven 3.8 does inside.
maven() {
  local quiet=''
  [ "$JDK_MAJOR" -lt 24 ] || quiet='--enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow'
  (cd "$ROOT" && MAVEN_OPTS="${MAVEN_OPTS:-} $quiet" mvn -B -ntp "$@")
}
