# shellcheck shell=bash
# What the launcher says, and how it stops.

say() {
  printf '%s\n' "$*"
}

# Ends the command with one sentence that holds the remedy.
die() {
  printf 'millrace: %s\n' "$*" >&2
  exit 1
}
