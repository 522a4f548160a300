#pragma once

#include <crosscut/base/diagnostic.hpp>
#include <crosscut/base/hash.hpp>
#include <crosscut/model/property_graph.hpp>

#include <cstdint>
#include <iosfwd>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace crosscut::io {

struct read_options {
  /// The input format of every file: "opengraph", "mcp-config", "tools-list". Empty: detected by content, file by file.
  std::string format;
  /// Leave bad files out and go on, instead of refusing everything.
  bool keep_going = false;
  /// Key of the hash by which equal secret values are recognised as one secret. The value itself is never stored. With the
  /// default key anyone who guesses a value can check the guess against the hash in a report; give your own key where reports leave the house.
  hash_key secret_key = {0x63726f7373637574, 0x736563726574732e};
};

/// What became of one file.
struct file_summary {
  std::string file;
  std::string format;                 ///< As detected or given; empty where it was not recognised.
  bool used = false;                  ///< False: left out, see the diagnostics that name the file.
  std::uint64_t nodes = 0, edges = 0; ///< Records read from it.
};

struct read_result {
  /// The merged inventory. Null where there were errors: without `keep_going` any error, with it only where no file could be used.
  std::shared_ptr<const property_graph> inventory;
  std::vector<file_summary> files;
  diagnostics messages;

  bool left_out_files() const noexcept {
    for (const auto& f : files)
      if (!f.used) return true;
    return false;
  }
};

/// Reads and merges files, in the order given; "-" is standard input. Every file is read as a stream in constant memory beyond the graph
/// (configurations, which are small, as documents). All problems are reported, not the first. With `keep_going` a file with errors, or one
/// that contradicts itself, is left out and the rest is read.
/// Thread-safe (no global state). O(bytes + n log n + m log m).
read_result read_inventory(std::span<const std::string> files, const read_options& options = {});

/// The same for one stream; `name` stands for it in messages.
read_result read_inventory(std::istream& in, const std::string& name, const read_options& options = {});

} // namespace crosscut::io
