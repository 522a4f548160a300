#pragma once

#include <crosscut/base/diagnostic.hpp>

#include <optional>
#include <string>
#include <string_view>

namespace crosscut::json {

/// Turns comments into spaces, byte for byte, so that a strict parser sees plain JSON and every position
/// stays right. (Boost.JSON 1.81 has comments of its own, but does not see the end of `/***/` and reads
/// beyond a buffer that ends behind a comment.)
class comment_blanker {
public:
  /// What `text` becomes. A '/' at the end waits for the next call. The view is valid until the next call.
  std::string_view blank(std::string_view text);
  /// The '/' that still waits, if any.
  std::string_view finish();
  /// Where a comment that was not closed begins.
  std::optional<source_position> unclosed() const noexcept {
    return state_ == state::block || state_ == state::star ? std::optional(start_) : std::nullopt;
  }

private:
  enum class state { plain, string, escape, slash, line, block, star };
  void step(char c);
  void step_slash(char c);

  state state_ = state::plain;
  std::string out_;
  source_position here_{1, 1};
  source_position start_;
};

} // namespace crosscut::json
