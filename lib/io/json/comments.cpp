#include "comments.hpp"

namespace crosscut::json {

std::string_view comment_blanker::blank(std::string_view text) {
  out_.clear();
  for (const char c : text) {
    step(c);
    ++here_.column;
    if (c == '\n') here_ = {here_.line + 1, 1};
  }
  return out_;
}

std::string_view comment_blanker::finish() {
  out_.clear();
  if (state_ == state::slash) out_.push_back('/');
  return out_;
}

void comment_blanker::step(char c) {
  const auto blanked = [&] { out_ += c == '\n' || c == '\r' || c == '\t' ? c : ' '; };
  switch (state_) {
  case state::slash: step_slash(c); return;
  case state::plain:
    if (c == '/') {
      state_ = state::slash;
      start_ = here_;
      return;
    }
    if (c == '"') state_ = state::string;
    break;
  case state::string:
    // A string cannot go over a line's end: what follows is read afresh.
    if (c == '\\')
      state_ = state::escape;
    else if (c == '"' || c == '\n')
      state_ = state::plain;
    break;
  case state::escape: state_ = c == '\n' ? state::plain : state::string; break;
  case state::line:
    if (c == '\n') state_ = state::plain;
    blanked();
    return;
  case state::block:
    if (c == '*') state_ = state::star;
    blanked();
    return;
  case state::star:
    state_ = c == '/' ? state::plain : c == '*' ? state::star : state::block;
    blanked();
    return;
  }
  out_ += c;
}

void comment_blanker::step_slash(char c) {
  if (c == '/' || c == '*') {
    state_ = c == '/' ? state::line : state::block;
    out_ += "  ";
    return;
  }
  out_ += '/';
  state_ = state::plain;
  step(c);
}

} // namespace crosscut::json
