#!/usr/bin/env bash
# Packs the packages, and lets each variant of the template show what it promises: new, run, use, test.
# ./test.sh calls it, with PAMPS_TEST_POSTGRES; ends with a line of counts as xunit writes it.
set -euo pipefail
cd "$(dirname "$0")/.."
: "${PAMPS_TEST_POSTGRES:?a PostgreSQL server is needed; ./test.sh brings one up}"
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1
# The variants start with what they set here, and nothing of the caller's.
unset HOST PORT SECRET_KEY APP_ORIGIN DATABASE_URL

work=$(mktemp -d)
# A version of its own: a package of the same version would come from the machine's cache, stale.
version=0.1.0-test.$(date +%s).$$
server=
finish() {
  stop_server
  cd /
  # A build server may write there still; what is counted stays what it was.
  rm -rf "$work" || :
  local cache; cache=$(dotnet nuget locals global-packages --list | sed 's/^global-packages: //')
  rm -rf "${cache:?}/pamps.auth/$version" "$cache/pamps.auth.entityframeworkcore/$version"
}
# `dotnet run` and the program are a process group of their own.
start_server() { # log
  set -m
  dotnet run >"$1" 2>&1 &
  server=$!
  set +m
}
stop_server() {
  [ -n "$server" ] || return 0
  kill -- "-$server" 2>/dev/null || :
  wait "$server" 2>/dev/null || :
  server=
}
trap finish EXIT

for project in src/Pamps.Auth src/Pamps.Auth.EntityFrameworkCore templates; do
  dotnet pack "$project" -c Release -v quiet -p:PackageVersion="$version" -o "$work/feed"
done
cat >"$work/nuget.config" <<EOF
<configuration><packageSources><add key="packed" value="feed" /></packageSources></configuration>
EOF
# They are made inside a folder that sets what this one does, as who follows the README of Pamps makes them in its checkout.
cp Directory.Build.props Directory.Packages.props global.json .editorconfig "$work"
# A hive of its own: the templates that the user has installed stay as they are.
hive=(--debug:custom-hive "$work/hive")
dotnet new install "$work/feed/Pamps.Templates.$version.nupkg" "${hive[@]}" >/dev/null

total=0 failed=0 skipped=0

expect() { # what, expected, actual
  [ "$2" = "$3" ] || { printf '%s: expected %s, got %s\n' "$1" "$2" "$3"; return 1; }
}
status() { curl -s -m 10 -o /dev/null -w '%{http_code}' "$@"; }
json=(-H 'Content-Type: application/json')

# What the README says to do in a shell.
use() { # address
  expect 'GET /docs' 200 "$(status -L "$1/docs")" &&
    expect 'GET /redoc' 200 "$(status -L "$1/redoc")" &&
    expect 'POST /accounts' 201 "$(status "$1/accounts" "${json[@]}" \
      -d '{"username": "ana", "email": "ana@example.org", "password": "correct horse"}')" || return
  local token
  token=$(curl -s -m 10 "$1/token" -d username=ana -d password='correct horse' |
    sed -n 's/.*"access_token":"\([^"]*\)".*/\1/p')
  expect 'POST /items without a token' 401 "$(status "$1/items" "${json[@]}" -d '{"name": "Coffee", "price": 12.34}')" &&
    expect 'POST /items' 201 "$(status "$1/items" "${json[@]}" -H "Authorization: Bearer $token" \
      -d '{"name": "Coffee", "price": 12.34}')" &&
    expect 'GET /items' '"name":"Coffee","owner":"ana","price":12.34' \
      "$(curl -s -m 10 "$1/items" | grep -o '"name".*"price":[0-9.]*')" &&
    expect 'examples in /openapi.json' '"name": "Coffee"' \
      "$(curl -s -m 10 "$1/openapi.json" | grep -o '"name": *"Coffee"' | head -n 1)"
}

# What stops the start is one line on standard error.
refuse() { # what the line names, arguments...
  local said code=0
  said=$(dotnet run --no-build -- "${@:2}" 2>&1 >/dev/null) || code=$?
  expect "the exit code, with $1 wrong" 1 "$code" &&
    expect "lines, with $1 wrong" 1 "$(wc -l <<<"$said")" &&
    expect "the line, with $1 wrong" "$1" "$(grep -o -- "$1" <<<"$said")"
}

# From `dotnet new` to the first 200, then the use of it.
smoke() { # database, name
  local port=$((20000 + RANDOM % 20000)) started=$EPOCHREALTIME
  dotnet new pamps-api -n "$2" --database "$1" "${hive[@]}" >/dev/null || return
  cd "$2"
  cp .env.example .env
  printf 'PORT=%s\n' "$port" >>.env
  # The environment wins.
  [ -z "${DATABASE_URL:-}" ] || echo 'DATABASE_URL=nonsense' >>.env
  start_server "../$2.log"
  local answer=
  for _ in $(seq 600); do
    answer=$(status "http://127.0.0.1:$port/items") && break
    kill -0 "$server" 2>/dev/null || break
    sleep 0.2
  done
  seconds=$(awk "BEGIN { printf \"%.1f\", $EPOCHREALTIME - $started }")
  expect 'GET /items' 200 "$answer" && use "http://127.0.0.1:$port" &&
    refuse ":$port" && refuse nonsense nonsense && refuse --prot --prot=1
}

variant() { # database, name
  local code=0 counts passed=0 lines test_lines seconds='?'
  cd "$work"
  smoke "$@" || code=1
  stop_server
  total=$((total + 1))
  if [ "$code" != 0 ]; then
    failed=$((failed + 1))
    cat "$work/$2.log" 2>/dev/null || :
  fi
  cd "$work/$2"
  lines=$(cat ./*.cs | wc -l)
  test_lines=$(cat tests/*/*.cs | wc -l)
  counts=$(dotnet test 2>&1 | tee "$work/$2.test.log" | grep -E '^ +(failed|succeeded|skipped): [0-9]+$' || :)
  if [ -z "$counts" ]; then
    cat "$work/$2.test.log"
    total=$((total + 1)) failed=$((failed + 1)) code=1
  else
    local numbers; read -ra numbers <<<"${counts//[^0-9]/ }"
    passed=${numbers[1]}
    total=$((total + numbers[0] + numbers[1] + numbers[2]))
    failed=$((failed + numbers[0])) skipped=$((skipped + numbers[2]))
    [ "${numbers[0]}" = 0 ] || { cat "$work/$2.test.log"; code=1; }
  fi
  printf '%-8s %s: %s lines of C# and %s of tests, %s s from dotnet new to the first 200, %s tests passed\n' \
    "$1" "$([ "$code" = 0 ] && echo good || echo BROKEN)" "$lines" "$test_lines" "$seconds" "$passed"
}

# Three kinds of name, because each becomes folders, files and namespaces.
variant sqlite Shop
variant none my-shop
export DATABASE_URL="${PAMPS_TEST_POSTGRES%/*}/pamps_template_$$"
variant postgres Acme.Shop
if command -v psql >/dev/null; then
  psql -q "$PAMPS_TEST_POSTGRES" -c "DROP DATABASE IF EXISTS pamps_template_$$ WITH (FORCE)" || :
fi

printf 'Total: %s, Errors: 0, Failed: %s, Skipped: %s\n' "$total" "$failed" "$skipped"
[ "$failed" = 0 ]
