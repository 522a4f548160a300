#pragma once

/// The library's version, read from here by CMake and by the Python package.
#define CROSSCUT_VERSION "0.1.0"
