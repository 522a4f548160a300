// Any bytes: the reader neither crashes nor hangs, says the same however the input is cut, and what it
// accepts comes back unchanged from the writer.

#include "io/json/document.hpp"

#include <crosscut/base/escape.hpp>

#include <cstdint>
#include <cstdlib>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

using namespace crosscut;

namespace {

void require(bool condition) {
  if (!condition) std::abort();
}

class recorder final : public json::sink {
public:
  void document_begin() override { note('d'); }
  void document_end() override { note('D'); }
  void document_failed() override { note('X'); }
  void object_begin() override { note('{'); }
  void object_end() override { note('}'); }
  void array_begin() override { note('['); }
  void array_end() override { note(']'); }
  void key(std::string_view name) override { text('k', name); }
  void string(std::string_view value) override { text('s', value); }
  void int64(std::int64_t value) override { text('i', std::to_string(value)); }
  void uint64(std::uint64_t value) override { text('u', std::to_string(value)); }
  void real(double value) override { text('r', std::to_string(value)); }
  void boolean(bool value) override { note(value ? 't' : 'f'); }
  void null() override { note('n'); }

  std::string events;

private:
  // Positions are part of what has to agree; asking only now and then tests the lazy search for them.
  void note(char c) {
    events += c;
    if (c == 'd' || c == 'D' || c == 'X' || ++count_ % 3 != 0) return;
    const auto p = position();
    events += std::to_string(p.line) + ':' + std::to_string(p.column) + pointer();
  }
  void text(char c, std::string_view t) {
    require(is_utf8(t));
    note(c);
    events += t;
  }
  std::size_t count_ = 0;
};

struct outcome {
  bool ok;
  std::string events;
  std::vector<std::string> problems;
  friend bool operator==(const outcome&, const outcome&) = default;
};

outcome run(std::string_view input, json::read_options options, std::size_t chunk) {
  options.chunk = chunk;
  recorder r;
  diagnostics d;
  const bool ok = json::read(input, options, r, d).ok;
  require(ok != d.has_errors());
  outcome o{ok, std::move(r.events), {}};
  for (const auto& x : d.items()) {
    require(x.position.line != 0 && x.position.column != 0);
    require(escape_for_terminal(x.message) == x.message && escape_for_terminal(x.pointer) == x.pointer);
    o.problems.push_back(x.code + ' ' + std::to_string(x.position.line) + ':' +
                         std::to_string(x.position.column) + x.pointer);
  }
  return o;
}

void round_trip(std::string_view input, const json::document_options& options) {
  diagnostics d;
  const auto first = json::parse_document(input, options, d);
  require(first.has_value() != d.has_errors());
  if (!first) return;
  for (const auto style : {json::layout::compact, json::layout::pretty}) {
    std::string text;
    json::writer w(text, style);
    json::write(w, *first);
    w.finish();
    diagnostics none;
    const auto second = json::parse_document(text, {}, none);
    require(second && *second == *first);
  }
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  const std::string_view input(reinterpret_cast<const char*>(data) + 1, size - 1);
  json::document_options options;
  options.read.allow_comments = data[0] & 1;
  options.read.allow_trailing_commas = data[0] & 2;
  options.read.lines = data[0] & 4;
  const auto whole = run(input, options.read, input.size() + 1);
  require(run(input, options.read, 1) == whole);
  require(run(input, options.read, 2 + data[0] / 8) == whole);
  round_trip(input, options);
  return 0;
}
