#pragma once

#include <crosscut/analysis/report.hpp>
#include <crosscut/base/diagnostic.hpp>
#include <crosscut/io/read.hpp>

#include <span>
#include <string>
#include <vector>

namespace crosscut::io {

struct text_style {
  bool colour = false;  ///< ANSI colours and bold.
  unsigned width = 100; ///< Columns to wrap at; 40 to 400.
};

/// Answers for a person at a terminal. Everything that comes from an inventory is escaped: no control characters, no invisible or
/// bidirectional ones, no line breaks.
std::string to_text(const paths_report&, const text_style& = {});
std::string to_text(const scan_report&, std::span<const file_summary> files = {},
                    const diagnostics& messages = diagnostics(), const text_style& = {});

/// One line each, the worst first kept in order, then what was counted but not kept.
std::string to_text(const diagnostics&, const text_style& = {});

/// "24 %", "0.31 %", "3.1e-07": three digits that a person reads.
std::string percent(double probability);

} // namespace crosscut::io
