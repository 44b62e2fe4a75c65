#!/usr/bin/env bash
# The whole check, services included: format, build, every test on SQLite and on a PostgreSQL of its own, the web
# client's checks, and both together in a browser.
# Needs the .NET 10 SDK and Node 20.19 or newer; installs PostgreSQL, pgbouncer, ffmpeg, Chromium, gcc, strace, HAProxy and nginx with
# apt where it is root on Debian.
# Leaves nothing running.
#   ./test.sh            everything
#   ./test.sh FILTER     only tests whose full name contains FILTER
#   ./test.sh faults     only what goes wrong on bad days, at length, with two scanners that look for holes
#   ./test.sh outdated   no test: lists the packages of which there is a newer version, and ends with 1 where one is behind
set -euo pipefail
cd "$(dirname "$0")"
filter=${1:-}
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1
# Measuring code to compile it better later is for programs that live longer than a test.
export DOTNET_TieredPGO=0

say() { printf '\n== %s\n' "$*"; }
fail() { printf 'test.sh: %s\n' "$*" >&2; exit 1; }

command -v dotnet >/dev/null || fail "the .NET 10 SDK is missing: https://dotnet.microsoft.com/download"
[ "$filter" != outdated ] || exec build/outdated

# Whether something that is no test with a name in .NET is among what was asked for.
wants() { [ -z "$filter" ] || [[ $1 == *"$filter"* ]]; }

if wants Pamps.Web || wants Pamps.Web.EndToEnd; then
  # What Vite needs; build/WebClient.targets asks for the same.
  node -e 'const [x, y] = process.versions.node.split(".").map(Number); process.exit(x > 20 || (x === 20 && y >= 19) ? 0 : 1)' 2>/dev/null ||
    fail "Node 20.19 or newer is missing ($(node --version 2>/dev/null || echo "there is none")): https://nodejs.org"
  command -v npm >/dev/null || fail "npm, which comes with Node, is missing: https://nodejs.org"
fi

# --- PostgreSQL, thrown away at the end -------------------------------------------------------------------------
# Finding none is no failure: it is installed then, or the reason is said.
find_postgres() { (ls -d /usr/lib/postgresql/*/bin 2>/dev/null || true) | sort -V | tail -n 1; }
if [ -z "${PAMPS_TEST_POSTGRES:-}" ]; then
  bin=$(find_postgres)
  if [ -z "$bin" ] && [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    say "Installing postgresql"
    apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq postgresql >/dev/null
    bin=$(find_postgres)
  fi
  [ -n "$bin" ] || bin=$(dirname "$(command -v initdb || true)")
  [ -x "$bin/initdb" ] || fail "PostgreSQL is missing; on Debian: apt-get install postgresql. Or set PAMPS_TEST_POSTGRES=postgresql://user:password@host:port/postgres"

  pgdata=$(mktemp -d)
  as_owner=()
  if [ "$(id -u)" = 0 ]; then
    # PostgreSQL refuses to run as root.
    chown postgres "$pgdata"
    as_owner=(runuser -u postgres --)
  fi
  stop_postgres() {
    [ -z "${publisher:-}" ] || kill "$publisher" 2>/dev/null || :
    # From a folder that its owner may read.
    (cd / && "${as_owner[@]}" "$bin/pg_ctl" -D "$pgdata/db" -m immediate stop >/dev/null 2>&1) || :
    rm -rf "$pgdata"
  }
  trap stop_postgres EXIT
  port=$(( 20000 + RANDOM % 20000 ))
  say "Starting PostgreSQL on port $port"
  # No autovacuum: it would go round the hundreds of databases that tests leave behind, and take a share of the processors.
  (
    cd /
    "${as_owner[@]}" "$bin/initdb" -D "$pgdata/db" -U postgres --auth=trust -E UTF8 >/dev/null
    "${as_owner[@]}" "$bin/pg_ctl" -D "$pgdata/db" -w -l "$pgdata/log" \
      -o "-p $port -k $pgdata -c listen_addresses=127.0.0.1 -c fsync=off -c autovacuum=off -c max_connections=500" start >/dev/null
  ) || { cat "$pgdata/log" >&2 2>/dev/null; fail "PostgreSQL did not start"; }
  export PAMPS_TEST_POSTGRES="postgresql://postgres@127.0.0.1:$port/postgres"
fi

# --- pgbouncer, which tests start themselves --------------------------------------------------------------------
if wants Pamps.Tests.Instances.PoolerTests && ! PATH=$PATH:/usr/sbin command -v pgbouncer >/dev/null; then
  [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null || fail "pgbouncer is missing; on Debian: apt-get install pgbouncer"
  say "Installing pgbouncer"
  apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq pgbouncer >/dev/null
  # Debian starts it at once, and nobody here asked for that.
  service pgbouncer stop >/dev/null 2>&1 || :
fi

# --- ffmpeg, which the server uses, and tests to make what they send it ------------------------------------------
if { wants Pamps.Tests.Media.RecordingTests || wants Pamps.Web.EndToEnd; } && ! command -v ffmpeg >/dev/null; then
  [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null || fail "ffmpeg is missing; on Debian: apt-get install ffmpeg"
  say "Installing ffmpeg"
  apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends ffmpeg >/dev/null
fi

# --- s3rver, an S3 server that tests start themselves -----------------------------------------------------------
if ! [ tests/s3/node_modules/.package-lock.json -nt tests/s3/package-lock.json ]; then
  command -v npm >/dev/null || fail "npm, which comes with Node, is missing: https://nodejs.org"
  say "Installing s3rver"
  (cd tests/s3 && npm ci --no-audit --no-fund --loglevel=error)
fi

# --- Build ------------------------------------------------------------------------------------------------------
say "Formatting"
dotnet tool restore >/dev/null
dotnet csharpier check .

say "Building"
dotnet build -c Release -v quiet

# The native file, as packages have it: what runs as a process of its own is tested with it.
native=$PWD/artifacts/native
tests_native() { [ "$filter" = faults ] || wants Pamps.Native; }
if tests_native; then
  if ! command -v clang >/dev/null && ! command -v gcc >/dev/null; then
    [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null || fail "gcc, which links the native file, is missing; on Debian: apt-get install gcc"
    say "Installing gcc"
    apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq gcc libc6-dev >/dev/null
  fi
  # It is linked by one processor for long: what needs little goes on beside it.
  say "Publishing the native file, while the next suites run"
  publishing=$(mktemp)
  nice dotnet publish src/Pamps.Server -c Release -v quiet -p:RunAnalyzers=false -o "$native" \
    -r "$(dotnet msbuild src/Pamps.Server -getProperty:NETCoreSdkPortableRuntimeIdentifier)" >"$publishing" 2>&1 &
  publisher=$!
fi
# To be called before the first suite that uses it.
await_native() {
  [ -n "${publisher:-}" ] || return 0
  wait "$publisher" || { cat "$publishing" >&2; fail "the native file could not be published"; }
  rm -f "$publishing"
  publisher=''
}

# --- Tests ------------------------------------------------------------------------------------------------------
passed=0 failed=0 skipped=0 broken=0
failures=$(mktemp)
run_suite() { # name, command...
  local name=$1; shift
  say "$name"
  local output; output=$(mktemp)
  local code=0
  "$@" 2>&1 | tee "$output" || code=$?
  # xunit: "Total: 12, Errors: 0, Failed: 0, Skipped: 0, Not Run: 0, Time: 1.2s"
  local line; line=$(grep -Eo 'Total: [0-9]+, Errors: [0-9]+, Failed: [0-9]+, Skipped: [0-9]+' "$output" | tail -n 1 || true)
  local has_none=0
  # With a filter most suites have no test of that name, which xunit says in fewer words.
  [ -z "$filter" ] || [ "$filter" = faults ] || [ -n "$line" ] || [ "$code" != 0 ] || ! grep -qE 'Total: 0$' "$output" || has_none=1
  # What failed is said once more at the end, where nobody has to look for it: a line of xunit, of Vitest, of
  # Playwright or of a check of ours, with the few lines after it that say why.
  grep -E -A 6 '\[FAIL\]|\[Test .* Failure|^ *(FAIL |✘|✗|not ok)|^ *[0-9]+\) ' "$output" | grep -v '^--$' | head -n 100 | sed "s/^/$name: /" >> "$failures" || true
  local numbers=(0 0 0 0)
  if [ -n "$line" ]; then
    read -ra numbers <<< "${line//[^0-9 ]/}"
    passed=$(( passed + numbers[0] - numbers[1] - numbers[2] - numbers[3] ))
    failed=$(( failed + numbers[1] + numbers[2] ))
    skipped=$(( skipped + numbers[3] ))
  fi
  # A suite that dies, at its end too, or says that it failed without naming a test.
  if [ "$has_none" = 0 ] && { [ -z "$line" ] || { [ "$code" != 0 ] && [ $(( numbers[1] + numbers[2] )) = 0 ]; }; }; then
    broken=1
    printf 'test.sh: %s ended with exit code %s and %s\n' "$name" "$code" "${line:-without a result}" | tee -a "$failures" >&2
    tail -n 40 "$output" | sed "s/^/$name: /" >> "$failures"
  fi
  rm -f "$output"
}

# --- The web client ---------------------------------------------------------------------------------------------
# Types, lint, unit tests, and how much a first visit downloads. The build above made web/dist.
test_web() {
  local check broken_checks=0 report said code=0
  report=$(mktemp)
  said=$(mktemp)
  cd web || return
  if ! [ node_modules/.package-lock.json -nt package-lock.json ]; then
    npm ci --no-audit --no-fund --loglevel=error || return
  fi
  [ -f dist/index.html ] || npm run --silent build || return
  for check in check lint size; do
    printf 'npm run %s\n' "$check"
    npm run --silent "$check" 2>&1 | tee "$said" || {
      broken_checks=$(( broken_checks + 1 ))
      tail -n 40 "$said" | sed "s/^/npm run $check: /" >> "$failures"
    }
  done
  npm test --silent -- --reporter=default --reporter=json --outputFile.json="$report" || code=$?
  node -e '
    const report = JSON.parse(require("fs").readFileSync(process.argv[1], "utf8"))
    const broken = Number(process.argv[2])
    const skipped = report.numPendingTests + report.numTodoTests
    console.log(`Total: ${report.numTotalTests + broken}, Errors: ${broken}, Failed: ${report.numFailedTests}, Skipped: ${skipped}`)
  ' "$report" "$broken_checks" || code=1
  rm -f "$report" "$said"
  return "$code"
}
if wants Pamps.Web; then
  run_suite Pamps.Web test_web
fi

# --- .NET -------------------------------------------------------------------------------------------------------
only=()
[ -z "$filter" ] || [ "$filter" = faults ] || only=(-method "*$filter*")
suites=(Pamps.Auth.Tests Pamps.Auth.EntityFrameworkCore.Tests Orders.Tests Blog.Tests Pamps.Schema.Tests Pamps.Tests)
[ "$filter" != faults ] || suites=()
for suite in "${suites[@]}"; do
  [[ $suite != Pamps.Schema.Tests && $suite != Pamps.Tests ]] || await_native
  # The native file's pass, further below, runs tests of this suite alone; and commands start in no time with it.
  [ "$suite" != Pamps.Tests ] || [ -n "$filter" ] || export PAMPS_TEST_NATIVE_TOO=1 PAMPS_TEST_COMMANDS="$native/pamps"
  # Tests wait for processes and databases nearly half of the time.
  run_suite "$suite" dotnet "tests/$suite/bin/Release/net10.0/$suite.dll" -noColor -maxThreads 2x -trait- "Needs=native file" "${only[@]}"
done
unset PAMPS_TEST_NATIVE_TOO PAMPS_TEST_COMMANDS
await_native

# What of it runs through a door, through the native file's: on SQLite, and at length on both databases.
test_native() {
  local database=Sqlite
  [ "$filter" != faults ] || database=
  PAMPS_TEST_PROGRAM="$native/pamps" PAMPS_TEST_DATABASE=$database \
    dotnet tests/Pamps.Tests/bin/Release/net10.0/Pamps.Tests.dll -noColor -maxThreads 2x \
    -trait- "Needs=own process" -namespace- Pamps.Tests.Rules -namespace- Pamps.Tests.Plans
}
if tests_native; then
  run_suite Pamps.Native test_native
fi

# --- Bad days: processes killed, disks full, databases gone ------------------------------------------------------
if [ "$filter" = faults ]; then
  export PAMPS_FAULTS=long
fi
tools=()
command -v strace >/dev/null || tools+=(strace)
for proxy in haproxy nginx; do
  PATH=$PATH:/usr/sbin command -v "$proxy" >/dev/null || tools+=("$proxy")
done
if [ "$filter" = faults ]; then
  for tool in wapiti sqlmap; do
    command -v "$tool" >/dev/null || tools+=("$tool")
  done
fi
if [ -z "$filter" ] || [ "$filter" = faults ]; then
  if [ "${#tools[@]}" -gt 0 ] && [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    say "Installing ${tools[*]}"
    apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq "${tools[@]}" >/dev/null
    # Debian starts them at once, and nobody here asked for that.
    for proxy in haproxy nginx; do
      [[ " ${tools[*]} " != *" $proxy "* ]] || service "$proxy" stop >/dev/null 2>&1 || :
    done
    tools=()
  fi
  [ "${#tools[@]}" = 0 ] || fail "missing: ${tools[*]}; on Debian: apt-get install ${tools[*]}"
fi
# Small disks are mounted, files made immutable, and system calls made to fail: only root may, and not in every container.
breaks_disks() (
  place=$(mktemp -d)
  trap 'umount "$place" 2>/dev/null; chattr -i "$place.file" 2>/dev/null; rm -rf "$place" "$place.file"' EXIT
  touch "$place.file"
  mount -t tmpfs -o size=1m tmpfs "$place" && chattr +i "$place.file" && strace -o /dev/null true
) 2>/dev/null
may=()
if ! breaks_disks; then
  say "Not root, or not allowed to: the tests of full, failing and read-only disks are left out"
  may=(-trait- "Needs=root")
fi
# The version before this one is built from its commit, which a shallow clone or an unpacked archive has not.
previous=$(cat tests/Pamps.Faults.Tests/Upgrades/previous-version)
if ! git -c safe.directory='*' cat-file -e "$previous^{commit}" 2>/dev/null; then
  say "The commit $previous is not here (git fetch --unshallow brings it): the tests beside the version before are left out"
  may+=(-trait- "Needs=history")
fi
suite=Pamps.Faults.Tests
faults() { # options...
  dotnet "tests/$suite/bin/Release/net10.0/$suite.dll" -noColor -showLiveOutput "${may[@]}" "${only[@]}" "$@"
}
if [ -z "$filter" ] || [ "$filter" = faults ]; then
  # What is killed and upgraded is what is installed: the native file, which starts sooner besides.
  faults_native() { PAMPS_TEST_PROGRAM="$native/pamps" faults -trait- "Needs=own process"; }
  run_suite "$suite" faults_native
  run_suite "$suite (in the tests' process)" faults -trait "Needs=own process"
else
  run_suite "$suite" faults
fi
if [ "$filter" = faults ]; then
  run_suite Pamps.Scan tests/scan
fi

if wants Pamps.Templates; then
  run_suite Pamps.Templates templates/test.sh
fi

# --- End to end: the server that was built, in Chromium ---------------------------------------------------------
# Its headless shell first, which is the same without windows: those take more of the processors than the pages in them.
find_chromium() { command -v chromium-headless-shell || command -v chromium || command -v chromium-browser || command -v google-chrome || true; }
if wants Pamps.Web.EndToEnd && [ -x web/e2e/run ]; then
  if [ -z "${CHROMIUM:-}" ]; then
    if ! command -v chromium-headless-shell >/dev/null && [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
      say "Installing chromium-headless-shell"
      apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq chromium-headless-shell >/dev/null ||
        [ -n "$(find_chromium)" ] || DEBIAN_FRONTEND=noninteractive apt-get install -y -qq chromium >/dev/null || :
    fi
    CHROMIUM=$(find_chromium)
  fi
  [ -n "$CHROMIUM" ] || fail "Chromium is missing; on Debian: apt-get install chromium-headless-shell. Or set CHROMIUM=/path/to/it"
  export CHROMIUM
  run_suite Pamps.Web.EndToEnd web/e2e/run
fi

if [ "$broken" = 1 ] && [ "$failed" = 0 ]; then
  failed=1
fi
if [ $(( passed + failed + skipped )) = 0 ]; then
  fail "there is no test whose full name contains $filter"
fi
if [ "$failed" -gt 0 ] && [ -s "$failures" ]; then
  say "What failed"
  cat "$failures"
fi
rm -f "$failures"
printf '\n'
if [ "$skipped" -gt 0 ]; then
  printf '%s passed, %s failed, %s skipped\n' "$passed" "$failed" "$skipped"
else
  printf '%s passed, %s failed\n' "$passed" "$failed"
fi
[ "$failed" = 0 ]
