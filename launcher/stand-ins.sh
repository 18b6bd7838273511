# shellcheck shell=bash
# Where public images cannot be pulled: images of the same names, made from the distribution's packages and from what this
# machine has, so that Dockerfiles and docker-compose.yml are used as they are.

# provide_base_images: pulls what is built upon and what is run beside; adds to stand_ins what had to be replaced.
provide_base_images() {
  local image images
  images=$(base_images) || die "docker-compose.yml is not taken; the lines above say why."
  while IFS= read -r image; do
    if docker image inspect "$image" >/dev/null 2>&1; then
      [ "$(docker image inspect -f '{{index .Config.Labels "org.millrace.stand-in"}}' "$image")" != true ] ||
        stand_ins+=("$image")
    elif [ -z "$pull" ] || ! docker pull -q "$image" >/dev/null 2>&1; then
      say "$image cannot be pulled: making a stand-in."
      stand_in "$image"
      stand_ins+=("$image")
    fi
  done <<<"$images"
}

# The images of the Dockerfiles, in the order in which stand-ins build upon each other, and then those of the services.
base_images() {
  local froms
  froms=$(sed -n 's/^FROM \([^ ]*:[^ ]*\).*/\1/p' "$ROOT/api-service/Dockerfile" "$ROOT/transcode-worker/Dockerfile")
  {
    grep '^debian:' <<<"$froms"
    grep '^eclipse-temurin:' <<<"$froms"
    printf '%s\n' "$froms"
    compose config --images | grep -v '^millrace/'
  } | awk '!seen[$0]++'
}

stand_in() {
  local context="$temporary/stand-in" log="stand-in"
  rm -rf "$context"
  case $1 in
    debian:*)
      # In a shell of its own, because it ends with no trap set.
      have debootstrap || { root_prefix >/dev/null && have apt-get && (apt_install debootstrap); } ||
        die "A stand-in for $1 needs debootstrap: $(remedy debootstrap debootstrap)."
      logged "$log" debian_stand_in "$1"
      return
      ;;
    eclipse-temurin:*)
      [ "$JDK_MAJOR" -ge 25 ] || die "A stand-in for $1 needs a JDK 25: set JAVA_HOME to one."
      prepare java
      cp -aL "$JAVA_HOME" "$context/openjdk"
      ;;
    node:*)
      [ -d "$(npm root -g)/npm" ] || die "A stand-in for $1 needs a Node that brings its npm: unpack one from https://nodejs.org and put it first on PATH."
      prepare node
      cp -L "$(command -v node)" "$context/node"
      cp -aL "$(npm root -g)/npm" "$context/npm"
      ;;
    maven:*)
      maven_ok || die "A stand-in for $1 needs Maven $MAVEN_WANTED: $(remedy maven maven)."
      prepare maven
      cp -aL "$(maven_home)" "$context/maven"
      mkdir -p "$context/repository"
      [ ! -d "${HOME:-/root}/.m2/repository" ] || cp -a "${HOME:-/root}/.m2/repository" "$context/"
      rm -rf "$context/repository/org/millrace"
      cp /etc/ssl/certs/ca-certificates.crt "$context/certificates.crt"
      ;;
    rabbitmq:*) prepare rabbitmq ;;
    postgres:*) prepare postgres ;;
    */nginx-unprivileged:*) prepare nginx ;;
    */seaweedfs:*) prepare s3 ;;
    *) die "$1 cannot be pulled, and there is no stand-in for it: see whether \"docker pull $1\" works." ;;
  esac
  logged "$log" docker build --pull=false -t "$1" "$context"
  rm -rf "$context"
}

prepare() {
  cp -a "$ROOT/launcher/stand-ins/$1" "$context"
}

maven_home() {
  mvn -v 2>/dev/null | sed -n 's/^Maven home: //p'
}

# debian:trixie-slim and its like: a system of nothing but the essential packages.
debian_stand_in() {
  local suite=${1#debian:} sudo
  suite=${suite%-slim}
  sudo=$(root_prefix)
  $sudo debootstrap --variant=minbase "$suite" "$context"
  $sudo tar -C "$context" -c . | docker import --change 'LABEL org.millrace.stand-in=true' --change 'CMD ["bash"]' - "$1"
  $sudo rm -rf "$context"
}
