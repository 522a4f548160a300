# Sourced: makes build/venv from the python3 on the PATH, with the pinned test packages and this package in it.

wanted=$(python3 -c 'import sys; print(sys.version)'; cat tests/requirements.txt)
if [ "$wanted" != "$(cat build/venv/made_from 2>/dev/null)" ]; then
  say "Making build/venv with $(python3 --version) and tests/requirements.txt"
  rm -rf build/venv
  python3 -m venv build/venv
  quietly venv.log build/venv/bin/python -m pip install -q --disable-pip-version-check -r tests/requirements.txt
  printf '%s\n' "$wanted" >build/venv/made_from
fi

# The flags are those of the release preset, so ccache gives the library's objects back instead of compiling them twice.
# The build tools come from tests/requirements.txt: pinned, and nothing is fetched in a second run.
quietly pip-install.log build/venv/bin/python -m pip install --disable-pip-version-check --no-deps --no-build-isolation \
  --config-settings=cmake.define.CROSSCUT_DEVELOPER_MODE=ON \
  --config-settings=cmake.define.CMAKE_CXX_COMPILER_LAUNCHER="$(command -v ccache || true)" .
