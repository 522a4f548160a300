#pragma once

#include <cstdint>

namespace crosscut {

/// A position in a frozen container: a node, edge, fact, step, kind, key or state. 32 bits keep the graph small;
/// every place that assigns indices checks that they do not run out.
using index_t = std::uint32_t;

/// "None": no node, no kind, no key.
inline constexpr index_t no_index = ~index_t{0};

} // namespace crosscut
