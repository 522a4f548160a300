#include "location.hpp"

#include <crosscut/base/escape.hpp>

namespace crosscut::json {

namespace {
constexpr std::size_t max_token = 200;
}

void location::begin_document() noexcept {
  depth_ = 0;
  frames_[0] = {};
  after_ = after::nothing;
  names_.shrink(0);
  tokens.begin_document();
}

std::string location::pointer() const {
  std::string result;
  for (std::size_t d = 1; d <= depth_; ++d) {
    const auto& f = frames_[d];
    if (!f.is_object) {
      if (f.values != 0) result = pointer_to(result, f.values - 1);
      continue;
    }
    const std::size_t end = d < depth_ ? frames_[d + 1].first_name : names_.size();
    if (end != f.first_name) result = pointer_to(result, names_.at(end - 1));
  }
  return result;
}

std::string pointer_to(std::string_view base, std::string_view name) {
  const bool cut = name.size() > max_token;
  std::size_t end = cut ? max_token : name.size();
  while (cut && end > 0 && (static_cast<unsigned char>(name[end]) & 0xc0) == 0x80) --end;
  std::string result(base);
  result += '/';
  for (const char c : escape_for_terminal(name.substr(0, end))) {
    if (c == '~')
      result += "~0";
    else if (c == '/')
      result += "~1";
    else
      result += c;
  }
  if (cut) result += "…";
  return result;
}

std::string pointer_to(std::string_view base, std::uint64_t index) {
  return std::string(base) + '/' + std::to_string(index);
}

} // namespace crosscut::json
