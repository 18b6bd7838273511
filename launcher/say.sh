# shellcheck shell=bash
# What the launcher says, and how it stops.

# What the command ends with when it cannot do what it is asked; those whose 1 means something else set 2.
UNABLE=1

say() {
  printf '%s\n' "$*"
}

# Ends the command with one sentence that holds the remedy.
die() {
  printf 'millrace: %s\n' "$*" >&2
  exit "$UNABLE"
}
