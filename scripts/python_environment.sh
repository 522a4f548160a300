# Sourced by scripts/test: the tests' Python, in build/venv.

# Makes build/venv from the python3 on the PATH, with the pinned test packages; does nothing where it is up to date.
make_venv() {
  local wanted
  wanted=$(python3 -c 'import sys; print(sys.version)'; cat tests/requirements.txt)
  [ "$wanted" != "$(cat build/venv/made_from 2>/dev/null)" ] || return 0
  say "Making build/venv with $(python3 --version) and tests/requirements.txt"
  rm -rf build/venv
  quietly venv.log python3 -m venv build/venv
  quietly venv-packages.log build/venv/bin/python -m pip install --disable-pip-version-check -r tests/requirements.txt
  printf '%s\n' "$wanted" >build/venv/made_from
}

# Its python3 becomes the one on the PATH, for CMake, ctest and pytest alike.
use_venv() {
  export VIRTUAL_ENV=$repository/build/venv PATH=$repository/build/venv/bin:$PATH
  unset PYTHONHOME
}

# Builds the Python package into build/venv. Compiler and flags are those of the release preset, so ccache gives the library's objects
# back instead of compiling them twice. The build tools come from tests/requirements.txt: pinned, and a second run fetches nothing.
install_package() {
  local compiler
  compiler=$(sed -n 's/^CMAKE_CXX_COMPILER:[^=]*=//p' build/release/CMakeCache.txt)
  quietly pip-install.log python3 -m pip install --disable-pip-version-check --no-deps --no-build-isolation \
    --config-settings=cmake.define.CROSSCUT_DEVELOPER_MODE=ON \
    --config-settings=cmake.define.CMAKE_CXX_COMPILER="$compiler" \
    --config-settings=cmake.define.CMAKE_CXX_COMPILER_LAUNCHER="$(command -v ccache || true)" .
}
