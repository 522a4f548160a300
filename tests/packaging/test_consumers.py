"""Products that take Crosscut: installed and found by CMake, or as a folder of their own build.

Installs from the release build, which scripts/test makes (CROSSCUT_BUILD_DIR names another).
"""

import os
import pathlib
import re
import shutil
import subprocess

import pytest

HERE = pathlib.Path(__file__).parent
REPOSITORY = HERE.parents[1]
BUILD = pathlib.Path(os.environ.get("CROSSCUT_BUILD_DIR", REPOSITORY / "build/release"))

# crosscut::algorithms must be had where neither Boost nor fmt can be found.
NO_OTHER_PACKAGE = ["-DCMAKE_DISABLE_FIND_PACKAGE_Boost=ON", "-DCMAKE_DISABLE_FIND_PACKAGE_fmt=ON"]
# The release preset's flags, so that the compiler cache knows the library's objects.
LIKE_RELEASE = ["-DCMAKE_BUILD_TYPE=Release", "-DCROSSCUT_DEVELOPER_MODE=ON"]
if shutil.which("ccache"):
    LIKE_RELEASE.append("-DCMAKE_CXX_COMPILER_LAUNCHER=ccache")

VERSION = re.search(r'CROSSCUT_VERSION "(.+)"', (REPOSITORY / "include/crosscut/version.hpp").read_text())[1]
SAYS = {"algorithms": "3 of 4 rooms\n", "library": f"{VERSION}: mail to refund in 2 steps\n"}


def run(*command):
    done = subprocess.run([str(part) for part in command], capture_output=True, text=True)
    assert done.returncode == 0, f"{command}\n{done.stdout[-4000:]}{done.stderr[-4000:]}"
    return done.stdout


def build_and_run(source, build, consume, *settings):
    run("cmake", "-G", "Ninja", "-S", source, "-B", build, f"-DCONSUME={consume}", *settings)
    run("cmake", "--build", build, "--target", "consumer")
    return run(build / "consumer")


def settings_for(consume):
    return NO_OTHER_PACKAGE if consume == "algorithms" else []


@pytest.fixture(scope="module")
def prefix(tmp_path_factory):
    folder = tmp_path_factory.mktemp("prefix")
    run("cmake", "--install", BUILD, "--prefix", folder)
    return folder


@pytest.mark.parametrize("consume", ["algorithms", "library"])
def test_find_package(prefix, tmp_path, consume):
    said = build_and_run(HERE / "find_package", tmp_path, consume, f"-DCMAKE_PREFIX_PATH={prefix}", *settings_for(consume))
    assert said == SAYS[consume]


@pytest.mark.parametrize("consume", ["algorithms", "library"])
def test_add_subdirectory(tmp_path, consume):
    said = build_and_run(HERE / "add_subdirectory", tmp_path, consume, *LIKE_RELEASE, *settings_for(consume))
    assert said == SAYS[consume]


def test_the_install_names_no_place_of_the_build(prefix):
    for file in prefix.rglob("*.cmake"):
        assert str(REPOSITORY) not in file.read_text(), file


def test_each_installed_header_stands_alone(prefix, tmp_path):
    """Every public header compiles as the first line of a file, but for the opt-in adaptors."""
    headers = sorted(h.relative_to(prefix / "include") for h in (prefix / "include").rglob("*.hpp")
                     if h.name not in ("bgl.hpp", "fmt.hpp"))
    assert headers
    source = tmp_path / "alone.cpp"
    broken = []
    for header in headers:
        source.write_text(f"#include <{header}>\n")
        compiler = subprocess.run(["g++", "-std=c++20", "-fsyntax-only", "-I", prefix / "include", source],
                                  capture_output=True, text=True)
        if compiler.returncode != 0:
            broken.append(f"{header}: {compiler.stderr[:400]}")
    assert not broken, "\n".join(broken)
