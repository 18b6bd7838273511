# shellcheck shell=bash
# ./millrace compose-test: runs docker-compose.yml for real and changes the number of workers while they work.

COMPOSE_TEST_USAGE="./millrace compose-test [--postgres] [--videos NUMBER] [--stand-ins] [--keep-images]"
COMPOSE_WANTED=2.24
TAG=compose-test

compose_test() {
  local videos=20
  UNABLE=2
  # Not local: what takes it down runs after this function.
  ledger=sqlite api=api-service pull=yes keep='' scratch='' project="millrace-compose-test-$$" stand_ins=()
  while [ $# -gt 0 ]; do
    case $1 in
      --videos)
        [[ ${2:-} =~ ^[1-9][0-9]{0,2}$ ]] || die "--videos needs a number from 1 to 999: $COMPOSE_TEST_USAGE"
        videos=$2
        shift 2
        ;;
      --postgres)
        ledger=postgres api=api-service-postgresql
        shift
        ;;
      --stand-ins)
        pull=''
        shift
        ;;
      --keep-images)
        keep=yes
        shift
        ;;
      *) die "compose-test does not know \"$1\": $COMPOSE_TEST_USAGE" ;;
    esac
  done
  check_docker
  find_jdk || check_tools up
  ffmpeg_ok || die "Without ffmpeg no clip can be made: $(remedy ffmpeg ffmpeg)."

  temporary=$(mktemp -d)
  trap take_down EXIT
  trap 'exit 130' INT TERM HUP
  write_settings
  refuses_without_a_password
  provide_base_images
  say "Building the images."
  logged build compose build
  make_clip "$temporary/clip.webm" 12
  say "Starting the API on $ledger, four workers, the broker and the S3 server as project $project."
  (logged up compose up -d --no-build --scale transcode-worker=4) || tell_state
  # Compose forgets those of the workers that it takes away.
  scratch=$(compose ps --all -q | xargs docker inspect -f '{{range .Mounts}}{{println .Name}}{{end}}')
  refuses_strangers
  java_program millrace.compose.ScaleTrial "$url" "$temporary/clip.webm" "$videos" \
    docker compose "${COMPOSE_FILES[@]}" -p "$project" up -d --no-build --scale || tell_state
  [ $ledger = sqlite ] || both_replicas_answered
  [ ${#stand_ins[@]} -eq 0 ] || say "Stand-ins, not the public images: ${stand_ins[*]}"
}

check_docker() {
  local version
  have docker || die "compose-test needs a Docker engine with Compose $COMPOSE_WANTED or newer: install both from https://docs.docker.com/engine/install, and run this again."
  docker info >/dev/null 2>&1 ||
    die "No Docker engine answers to \"docker info\": start it, or set DOCKER_HOST to one, and run this again."
  version=$(docker compose version --short 2>/dev/null) || version=''
  at_least "${version#v}" "$COMPOSE_WANTED" ||
    die "compose-test needs Docker Compose $COMPOSE_WANTED or newer, here is ${version:-none}: install the plugin from https://docs.docker.com/compose/install."
}

# What stands in .env when somebody follows docs/install.md, with ports and a project of this run's own.
write_settings() {
  local port management name
  # Compose prefers what is in the environment to what is in the file.
  while IFS= read -r name; do
    unset "$name"
  done < <(sed -n 's/^#\{0,1\}\([A-Z0-9_]*\)=.*/\1/p' "$ROOT/.env.example")
  port=$(free_port)
  management=$(free_port)
  url="http://127.0.0.1:$port"
  broker="http://127.0.0.1:$management"
  cat >"$temporary/env" <<TEXT
COMPOSE_PROFILES=$ledger,s3
POSTGRES_PASSWORD=$(secret)
RABBITMQ_USERNAME=$(secret)
RABBITMQ_PASSWORD=$(secret)
MILLRACE_STORE_KIND=s3
S3_ENDPOINT=http://s3:8333
S3_ACCESS_KEY=$(secret)
S3_SECRET_KEY=$(secret)
MILLRACE_PORT=$port
RABBITMQ_MANAGEMENT_PORT=$management
MILLRACE_VERSION=$TAG
TEXT
  COMPOSE_FILES=(--project-directory "$ROOT" -f "$ROOT/docker-compose.yml" --env-file "$temporary/env")
}

secret() {
  od -An -N 12 -tx1 /dev/urandom | tr -d ' \n'
}

setting() {
  sed -n "s/^$1=//p" "$temporary/env"
}

compose() {
  docker compose "${COMPOSE_FILES[@]}" -p "$project" "$@"
}

# logged NAME COMMAND...: runs it quietly; what it printed is shown if it fails.
logged() {
  local log="$temporary/$1.log"
  shift
  "$@" >"$log" 2>&1 || {
    tail -n 60 "$log" >&2
    die "\"$*\" failed; the end of what it printed stands above."
  }
}

# Shows how the services are and what they said last, and ends the command as one that has found something.
tell_state() {
  compose ps --all
  compose logs --no-color --tail 20
  exit 1
}

# expect WHAT WANTED SEEN: goes on if they are the same, otherwise this command has found something.
expect() {
  if [ "$2" != "$3" ]; then
    UNABLE=1
    die "$1: expected \"$2\", got \"$3\"."
  fi
  say "ok: $1"
}

refuses_without_a_password() {
  local name said
  for name in RABBITMQ_USERNAME RABBITMQ_PASSWORD; do
    grep -v "^$name=" "$temporary/env" >"$temporary/incomplete"
    said=$(docker compose --project-directory "$ROOT" -f "$ROOT/docker-compose.yml" --env-file "$temporary/incomplete" \
      config -q 2>&1) && said=accepted
    expect "compose refuses to start without $name" yes "$(grep -q "Copy .env.example to .env and set $name" <<<"$said" && echo yes || echo "$said")"
  done
}

# Nobody enters with the password that everybody knows, or with none.
refuses_strangers() {
  local said
  said=$(compose run --rm -T --no-deps -e AWS_SECRET_ACCESS_KEY= s3 2>/dev/null) || true
  expect "the S3 server refuses to start without keys" "Set S3_ACCESS_KEY and S3_SECRET_KEY in .env" "$said"
  expect "the broker refuses nobody's password" 401 "$(broker_status)"
  expect "the broker refuses guest's password" 401 "$(broker_status -u guest:guest)"
  expect "the broker takes the chosen password" 200 \
    "$(broker_status -u "$(setting RABBITMQ_USERNAME):$(setting RABBITMQ_PASSWORD)")"
  expect "the S3 server refuses whoever has no key" 403 "$(compose exec -T "$api" \
    curl -s -o /dev/null -w '%{http_code}' http://s3:8333/millrace)"
}

# nginx has given work to each API, and each has found the database.
both_replicas_answered() {
  local replica answered=0
  for replica in $(compose ps -q "$api"); do
    docker exec "$replica" curl -fsS http://127.0.0.1:8080/q/metrics |
      grep -q '^http_server_requests_seconds_count{.*uri="/api/v1/videos' && answered=$((answered + 1))
  done
  expect "both replicas of the API have answered through nginx" 2 $answered
}

broker_status() {
  curl -s -o /dev/null -w '%{http_code}' "$@" "$broker/api/whoami"
}

# Ends all that this run has started and removes what it has made.
take_down() {
  local image
  say "Taking it down."
  compose --profile '*' down --volumes --remove-orphans --timeout 30 >/dev/null 2>&1 || true
  # shellcheck disable=SC2086 # a list of names
  [ -z "$scratch" ] || docker volume rm $scratch >/dev/null 2>&1 || true
  if [ -z "$keep" ]; then
    for image in "millrace/api-service:$TAG" "millrace/api-service:$TAG-postgresql" "millrace/transcode-worker:$TAG" "${stand_ins[@]+"${stand_ins[@]}"}"; do
      docker image rm "$image" >/dev/null 2>&1 || true
    done
  fi
  rm -rf "$temporary"
}
