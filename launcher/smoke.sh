# shellcheck shell=bash
# ./millrace smoke: tries out whether an installation does what it is for.

SMOKE_USAGE="./millrace smoke URL [FILE]"

smoke() {
  local url=${1:-} file=${2:-} temporary
  UNABLE=2
  [ $# -le 2 ] || die "smoke takes an address and a file: $SMOKE_USAGE"
  case $url in
    http://* | https://*) ;;
    *) die "Say which installation: $SMOKE_USAGE" ;;
  esac
  [ -z "$file" ] || [ -f "$file" ] || die "There is no file $file."
  find_jdk || check_tools up
  if [ -z "$file" ]; then
    ffmpeg_ok || die "Without ffmpeg no clip can be made: name a video, $SMOKE_USAGE"
    temporary=$(mktemp -d)
    # shellcheck disable=SC2064 # the value of now is meant
    trap "rm -rf '$temporary'" EXIT
    file="$temporary/smoke.webm"
    make_clip "$file" 6
  fi
  java_program millrace.smoke.Smoke "${url%/}" "$file"
}

# make_clip FILE SECONDS: a film of which nothing can be copied, so that it has to be encoded.
make_clip() {
  ffmpeg -nostdin -v error -f lavfi -i "testsrc2=s=640x360:r=25:d=$2" -f lavfi -i "sine=f=440:d=$2" \
    -c:v libvpx -b:v 500k -deadline realtime -cpu-used 8 -c:a libvorbis "$1" ||
    die "ffmpeg could not make a clip; the lines above say why."
}
