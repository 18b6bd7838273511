# shellcheck shell=bash
# ./millrace test: everything, with the real services, and a summary.

reports() {
  find "$ROOT" -path '*/node_modules' -prune -o \
    \( -path '*/target/surefire-reports/TEST-*.xml' -o -path '*/target/failsafe-reports/TEST-*.xml' \) -print
}

# Reads the reports named on standard input and prints, per test, its result, seconds and name, separated by tabs.
read_reports() {
  local report
  while IFS= read -r report; do
    awk '
      function attribute(name,    rest) {
        if (!match($0, " " name "=\"[^\"]*\"")) return ""
        rest = substr($0, RSTART, RLENGTH)
        sub("^[^\"]*\"", "", rest)
        sub("\"$", "", rest)
        return rest
      }
      function finish() {
        if (test != "") printf "%s\t%s\t%s\n", result, seconds, test
        test = ""
      }
      # What a test printed stands in CDATA sections and may look like anything.
      quoted { if (index($0, "]]>")) quoted = 0; next }
      /^ *<testcase / {
        finish()
        test = attribute("classname") "." attribute("name")
        seconds = attribute("time")
        gsub(",", "", seconds)
        result = "passed"
      }
      /<(failure|error)[ >\/]/ { result = "failed" }
      /<skipped[ >\/]/ { if (result != "failed") result = "skipped" }
      index($0, "<![CDATA[") && !index(substr($0, index($0, "<![CDATA[")), "]]>") { quoted = 1 }
      END { finish() }
    ' "$report"
  done
}

# summary SECONDS: prints total time, the ten slowest tests and, as the last line, the counts; sets SKIPPED, FAILED, PASSED.
summary() {
  local results
  results=$(reports | read_reports)
  PASSED=$(printf '%s\n' "$results" | grep -c '^passed' || true)
  FAILED=$(printf '%s\n' "$results" | grep -c '^failed' || true)
  SKIPPED=$(printf '%s\n' "$results" | grep -c '^skipped' || true)
  printf '\nTotal time %d min %02d s. The ten slowest tests:\n' $(($1 / 60)) $(($1 % 60))
  # awk reads to the end: a reader that stops early would end sort, and with it the script, by SIGPIPE.
  printf '%s\n' "$results" | sort -t "$(printf '\t')" -k 2,2gr | awk -F '\t' 'NR <= 10 && NF == 3 { printf "%9.1f s  %s\n", $2, $3 }'
  printf '%s\n' "$results" | awk -F '\t' '$1 == "failed" || $1 == "skipped" { printf "%s: %s\n", $1, $3 }'
  printf '%d passed, %d failed, %d skipped\n' "$PASSED" "$FAILED" "$SKIPPED"
}

run_tests() {
  local status=0
  find_tools test
  # Results of an earlier run must not be counted.
  reports | tr '\n' '\0' | xargs -0 rm -f
  export PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD=1
  maven verify --fail-at-end "$@" || status=$?
  summary "$SECONDS"
  [ "$status" -eq 0 ] || exit "$status"
  [ "$FAILED" -eq 0 ] || exit 1
  [ "$PASSED" -gt 0 ] || die "No test ran, which proves nothing."
  [ "${CI:-}" != true ] || [ "$SKIPPED" -eq 0 ] || die "$SKIPPED tests were skipped, which counts as failure when CI=true."
}
