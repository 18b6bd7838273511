# shellcheck shell=bash
# The launcher's own programs in src/: plain Java without a library, compiled when they are called.

# java_program CLASS ARGUMENT...: compiles what stands in src/ and runs one program of it.
java_program() {
  local classes="$ROOT/target/launcher"
  find "$ROOT/launcher/src" -name '*.java' | "$JAVA_HOME/bin/javac" -d "$classes" @/dev/stdin ||
    die "The launcher's own programs do not compile; the lines above say where."
  "$JAVA_HOME/bin/java" -cp "$classes" "$@"
}
