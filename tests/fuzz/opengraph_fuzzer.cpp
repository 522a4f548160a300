// Any bytes are read or refused; what is read is written, in every form, and read back to the same content.
#include <crosscut/io/read.hpp>
#include <crosscut/io/write_inventory.hpp>

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <sstream>
#include <string>

using namespace crosscut;

namespace {

io::read_result read(const std::string& text, bool keep_going) {
  std::istringstream in(text);
  io::read_options options;
  options.format = "opengraph";
  options.keep_going = keep_going;
  return io::read_inventory(in, "fuzz", options);
}

void check_round_trip(const property_graph& g, const io::write_inventory_options& options) {
  std::ostringstream out;
  io::write_inventory(out, g, options);
  const auto text = out.str();
  if (text.empty()) return; // no line at all has no format
  const auto back = read(text, false);
  if (!back.inventory || back.inventory->content_fingerprint() != g.content_fingerprint()) std::abort();
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string text(reinterpret_cast<const char*>(data), size);
  for (const bool keep_going : {false, true}) {
    const auto r = read(text, keep_going);
    if (!keep_going && (r.inventory != nullptr) == r.messages.has_errors()) std::abort();
    if (!r.inventory) continue;
    check_round_trip(*r.inventory, {});
    check_round_trip(*r.inventory, {.lines = true});
    check_round_trip(*r.inventory, {.lines = true, .bloodhound_ids = true});
  }
  return 0;
}
