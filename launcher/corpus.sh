# shellcheck shell=bash
# ./millrace corpus: runs a folder of media files through a product.

CORPUS_USAGE="./millrace corpus DIR [--url URL] [--formats FILE]"

corpus() {
  local folder='' given='' formats='' url temporary
  UNABLE=2
  while [ $# -gt 0 ]; do
    case $1 in
      --url)
        [ $# -ge 2 ] || die "--url needs an address, for example --url http://127.0.0.1:8080"
        given=$2
        shift 2
        ;;
      --formats)
        [ $# -ge 2 ] || die "--formats needs a document, for example --formats docs/formats.md"
        formats=$2
        [ -w "$formats" ] || die "$formats cannot be written: --formats needs a document that is there."
        shift 2
        ;;
      -*) die "corpus does not know \"$1\": $CORPUS_USAGE" ;;
      *)
        [ -z "$folder" ] || die "corpus takes one folder: $CORPUS_USAGE"
        folder=$1
        shift
        ;;
    esac
  done
  [ -n "$folder" ] || die "Say which folder: $CORPUS_USAGE"
  [ -f "$folder/MANIFEST.tsv" ] || die "There is no MANIFEST.tsv in $folder: it must list the files with their expectations."

  find_tools up
  if ! running_url "$given"; then
    say "Nothing answers at $url."
    temporary_folder
    own_product "$temporary/home" "$temporary/log"
  fi
  java_program millrace.corpus.Corpus "$folder" "$url" ${formats:+"$formats"}
}
