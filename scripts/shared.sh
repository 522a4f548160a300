# Sourced by the scripts in this folder and by .ci/run; never run by itself.

repository=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)

# What the command and the library need; a test run and CI need more, see scripts/test and .ci/run.
build_packages=(g++ cmake ninja-build ccache libboost1.81-dev libboost-graph1.81-dev libboost-json1.81-dev
                libfmt-dev libcli11-dev)

say() { printf '%s\n' "$*" >&2; }

# "1 min 5 s" for a number of seconds.
duration() {
  if [ "$1" -ge 60 ]; then printf '%d min %d s' $(($1 / 60)) $(($1 % 60)); else printf '%d s' "$1"; fi
}

# install_missing WHY PACKAGE...: one apt-get call for the packages that are not there; no call when all are.
install_missing() {
  local why=$1 package as_root=() missing=()
  shift
  command -v dpkg-query >/dev/null || { say "Not a Debian system: please see to $why yourself: $*"; return 0; }
  for package in "$@"; do
    case $(dpkg-query -W -f='${Status}' "$package" 2>/dev/null) in
      *' installed') ;;
      *) missing+=("$package") ;;
    esac
  done
  [ ${#missing[@]} -gt 0 ] || return 0
  say "Installing $why: ${missing[*]}"
  [ "$(id -u)" -eq 0 ] || as_root=(sudo)
  quietly apt-packages.log install_packages "${missing[@]}"
}

# Runs in the scope of install_missing, whose `as_root` it reads.
install_packages() {
  "${as_root[@]}" apt-get update -q &&
    "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -q -y --no-install-recommends "$@"
}

# quietly LOG COMMAND...: runs a command with its output in build/logs/LOG; shows the end of it when the command fails.
quietly() {
  local log=$repository/build/logs/$1
  shift
  mkdir -p "${log%/*}"
  "$@" >"$log" 2>&1 </dev/null && return 0
  local status=$?
  say "Failed ($status): $*"
  tail -n 60 "$log" >&2
  say "All of it: $log"
  return "$status"
}

# A full rebuild after a branch switch costs little where ccache remembers the objects.
compiler_cache=()
use_ccache() { ! command -v ccache >/dev/null || compiler_cache=(-DCMAKE_CXX_COMPILER_LAUNCHER=ccache); }
