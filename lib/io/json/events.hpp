#pragma once

#include <crosscut/base/diagnostic.hpp>

#include <cstddef>
#include <cstdint>
#include <iosfwd>
#include <string>
#include <string_view>

namespace crosscut::json {

class location;

/// What `read` accepts. The defaults are strict JSON (RFC 8259), exactly one document.
struct read_options {
  std::string file;                   ///< Name of the input in diagnostics.
  bool allow_comments = false;        ///< `//` and `/* */` where white space may be.
  bool allow_trailing_commas = false; ///< One comma before a closing bracket.
  bool lines = false; ///< One value a line; blank lines are skipped. A broken line does not end the reading.
  std::size_t max_depth = 64;                     ///< Deepest nesting of arrays and objects accepted.
  std::size_t max_string = std::size_t{64} << 20; ///< Bytes of one string or member name, after unescaping.
  std::size_t max_number = 4096;                  ///< Bytes of one number as written.
  std::size_t max_open_names = std::size_t{256}
                               << 20; ///< Bytes spent on the member names of all objects open at one time.
  std::size_t chunk = std::size_t{256}
                      << 10; ///< Bytes parsed at a time. More than this is never held of a stream.
};

/// Receives the events of one `read`. Views are valid during the call only. An input is to be trusted only
/// when `read` says `ok`: events go on after a duplicate name (delivered again) and after a number that does
/// not fit (delivered as null), so that one run reports every problem.
class sink {
public:
  sink() = default;
  sink(const sink&) = delete;
  sink& operator=(const sink&) = delete;
  virtual ~sink() = default;

  virtual void document_begin() {}
  virtual void document_end() {}
  /// The document just begun is broken or was stopped: what was delivered of it is to be dropped.
  virtual void document_failed() {}

  virtual void object_begin() = 0;
  virtual void object_end() = 0;
  virtual void array_begin() = 0;
  virtual void array_end() = 0;
  virtual void key(std::string_view name) = 0;
  virtual void string(std::string_view value) = 0;
  virtual void int64(std::int64_t value) = 0;
  /// Only integers above the range of int64.
  virtual void uint64(std::uint64_t value) = 0;
  /// Always finite. Correctly rounded.
  virtual void real(double value) = 0;
  virtual void boolean(bool value) = 0;
  virtual void null() = 0;

protected:
  // These may be called during an event only.

  /// Where the token of the current event begins. Cheap, but not free: ask when it is needed.
  source_position position() const;
  /// JSON pointer (RFC 6901) of the current value or member, safe to show: see location::pointer.
  std::string pointer() const;
  /// Adds a diagnostic about the current event. An `error` makes the input not ok, but does not end the
  /// reading.
  void report(severity level, std::string code, std::string message, std::string hint = {});
  /// Ends the reading after the current event; not an error.
  void stop() noexcept { stopped_ = true; }

private:
  friend class session;
  location* location_ = nullptr;
  diagnostics* diagnostics_ = nullptr;
  const std::string* file_ = nullptr;
  bool stopped_ = false;
  bool reported_error_ = false;
};

struct read_result {
  bool ok = true;              ///< No error was reported, neither by the reader nor by the sink.
  bool stopped = false;        ///< The sink asked to stop.
  bool input_failed = false;   ///< The stream could not be read to its end.
  std::uint64_t documents = 0; ///< Documents delivered whole.
  std::uint64_t bytes = 0;     ///< Bytes taken from the input.
};

/// Parses `input` and delivers its events. O(bytes) time, whatever the input; memory is bounded by the
/// options: one chunk, one string, and the member names of the open objects. A UTF-8 byte order mark at the
/// start is skipped.
///
/// Problems go to `d` with file, line, column and pointer: json-syntax, json-duplicate-key, json-number (not
/// finite, or an integer outside [-2^63, 2^64)), json-utf8, json-depth, json-size, input-read.
///
/// Exceptions: whatever the sink throws. Thread-safety: calls that share nothing may run at the same time.
read_result read(std::istream& input, const read_options& options, sink& out, diagnostics& d);
read_result read(std::string_view input, const read_options& options, sink& out, diagnostics& d);

} // namespace crosscut::json
