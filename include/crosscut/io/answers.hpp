#pragma once

#include <crosscut/analysis/report.hpp>
#include <crosscut/base/diagnostic.hpp>
#include <crosscut/io/read.hpp>

#include <span>
#include <string>

namespace crosscut::io {

/// Answers as JSON documents, one schema each in docs/schemas/. Pretty-printed, members in a fixed order, ending in a newline: equal reports give equal
/// bytes. All text is escaped so that it can be viewed raw.
std::string to_json(const paths_report&);
std::string to_json(const likelihood_report&);

/// A scan says what became of the files that it read.
std::string to_json(const scan_report&, std::span<const file_summary> files = {},
                    const diagnostics& messages = diagnostics());

/// Makes "keep-going" the limit of an answer for which files were left out, so that it does not look whole. An earlier limit stays.
void note_left_out(report_head& head, std::span<const file_summary> files);

/// "crosscut.diagnostics/1": what `validate`, `import` and `catalogue check` print.
std::string to_json(const diagnostics&, std::span<const file_summary> files = {});

} // namespace crosscut::io
