# Steps that are counted: sourced by scripts/test and scripts/check.
# A step goes on after a failing one; `conclude` says N passed, N failed.

passed=0
failed=0
failures=()
logs=$(mktemp -d)

# Adds up what test runners say of themselves: cargo nextest, rustdoc, vitest,
# node --test, cargo xtask tidy, scripts/api-tests. Prints "passed failed"; skipped tests count as failed.
count() {
  sed 's/\x1b\[[0-9;]*m//g' "$1" | awk '
    function number(name,   i) {
      for (i = 2; i <= NF; i++) if ($i ~ "^" name "[,;]?$") return $(i - 1) + 0
      return 0
    }
    /^ *Summary \[.*tests? run:/ {
      p += number("passed"); f += number("failed") + number("skipped") + number("exec") + number("timed")
    }
    /^test result: / { p += number("passed"); f += number("failed") + number("ignored") }
    /^ *Tests  / { p += number("passed"); f += number("failed") + number("skipped") + number("todo") }
    /^(#|ℹ) pass [0-9]+$/ { p += $3 }
    /^(#|ℹ) (fail|cancelled|skipped|todo) [0-9]+$/ { f += $3 }
    /^(tidy|api): [0-9]+ passed, [0-9]+ failed$/ { p += $2; f += $4 }
    END { print p + 0, f + 0 }'
}

# note NAME EXIT_CODE PASSED FAILED SECONDS
note() {
  local name=$1 code=$2 good=$3 bad=$4
  # A run that ends badly without counting a failure has failed once.
  if [ "$code" -ne 0 ] && [ "$bad" -eq 0 ]; then bad=1; fi
  passed=$((passed + good))
  failed=$((failed + bad))
  if [ "$bad" -gt 0 ]; then failures+=("$name"); fi
  printf -- '-- %s: %d passed, %d failed (%d s)\n\n' "$name" "$good" "$bad" "$5"
}

# check NAME COMMAND…: one check, passed when the command succeeds.
check() {
  local name=$1 log code start=$SECONDS
  shift
  log="$logs/${name//[^a-z0-9]/-}"
  printf -- '-- %s\n' "$name"
  "$@" >"$log" 2>&1 && code=0 || code=$?
  if [ "$code" -eq 0 ]; then
    note "$name" 0 1 0 $((SECONDS - start))
  else
    cat "$log"
    note "$name" "$code" 0 1 $((SECONDS - start))
  fi
}

# suite NAME COMMAND…: many tests, counted by what the runner says; none is a failure.
suite() {
  local name=$1 log code counts start=$SECONDS
  shift
  log="$logs/${name//[^a-z0-9]/-}"
  printf -- '-- %s\n' "$name"
  "$@" >"$log" 2>&1 && code=0 || code=$?
  read -r -a counts < <(count "$log")
  if [ "$code" -ne 0 ] || [ "${counts[1]}" -gt 0 ]; then cat "$log"; fi
  if [ "$code" -eq 0 ] && [ "${counts[0]}" -eq 0 ] && [ "${counts[1]}" -eq 0 ]; then
    cat "$log"
    echo "error: no test was counted"
    code=1
  fi
  note "$name" "$code" "${counts[0]}" "${counts[1]}" $((SECONDS - start))
}

# Names what failed, then prints the one line that scripts rely on.
conclude() {
  if [ "${#failures[@]}" -gt 0 ]; then printf 'failed: %s\n' "${failures[@]}"; fi
  rm -rf "$logs"
  echo "$passed passed, $failed failed"
  [ "$failed" -eq 0 ]
}
