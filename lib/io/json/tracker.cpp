#include "tracker.hpp"

#include "string_check.hpp"

#include <algorithm>
#include <cstring>
#include <limits>

namespace crosscut::json {

namespace {

constexpr std::size_t word_bytes = 32;
constexpr std::size_t string_lookahead = 16;

bool is_word(char c) noexcept {
  return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '+' || c == '-' ||
         c == '.';
}

// Eight bytes at a time: a byte of `flags` is 1 exactly where the word has a newline. The sums of up to 255
// words are kept apart by byte.
std::uint64_t count_newlines(const char* p, const char* end) noexcept {
  constexpr std::uint64_t low7 = 0x7f7f7f7f7f7f7f7f;
  constexpr std::uint64_t ones = 0x0101010101010101;
  std::uint64_t count = 0;
  while (end - p >= 8) {
    const char* const stop = p + std::min<std::ptrdiff_t>((end - p) / 8, 255) * 8;
    std::uint64_t sums = 0;
    for (; p != stop; p += 8) {
      std::uint64_t word;
      std::memcpy(&word, p, 8);
      const std::uint64_t x = word ^ (0x0a * ones);
      const std::uint64_t flags = ~(((x & low7) + low7) | x | low7) >> 7;
      sums += flags;
    }
    constexpr std::uint64_t even = 0x00ff00ff00ff00ff;
    count += (((sums & even) + (sums >> 8 & even)) * 0x0001000100010001) >> 48;
  }
  for (; p != end; ++p) count += *p == '\n';
  return count;
}

const char* last_newline(const char* begin, const char* end) noexcept {
  while (end != begin)
    if (*--end == '\n') return end;
  return nullptr;
}

std::uint32_t clamp32(std::uint64_t n) noexcept {
  return static_cast<std::uint32_t>(std::min<std::uint64_t>(n, std::numeric_limits<std::uint32_t>::max()));
}

} // namespace

void tracker::begin_segment(std::string_view segment) noexcept {
  begin_ = cursor_ = counted_ = segment.data();
  end_ = begin_ + segment.size();
  token_ = line_start_ = nullptr;
  line_ = base_line_;
  pending_ = 0;
}

void tracker::end_segment(bool inside) {
  if (inside) {
    settle();
    char separator = cursor_ == begin_ ? separator_ : '\0';
    const bool continues = resumed_ != part::none;
    const char* p = continues ? begin_ : skip_separators(cursor_, &separator);
    separator_ = separator;
    if (continues || p != end_) cut_token(p, continues);
  } else {
    resumed_ = part::none;
    separator_ = 0;
  }
  if (end_ != begin_) last_byte_ = end_[-1];
  static_cast<void>(position_of(end_));
  base_column_ = line_start_ ? static_cast<std::uint64_t>(end_ - line_start_) + 1
                             : base_column_ + static_cast<std::uint64_t>(end_ - begin_);
  base_line_ = line_;
}

// The segment ends inside the token that begins (or goes on) at `p`: keeps what the next segment needs to
// know of it.
void tracker::cut_token(const char* p, bool continues) {
  if (!continues) {
    resumed_ = *p == '"' ? part::string : part::word;
    resumed_at_ = position_of(p);
    resumed_text_.clear();
    separator_ = 0;
    p += resumed_ == part::string;
  }
  const std::string_view rest(p, static_cast<std::size_t>(end_ - p));
  if (resumed_ == part::word) {
    resumed_text_ += rest.substr(0, word_bytes - std::min(word_bytes, resumed_text_.size()));
    return;
  }
  // The parser sees a bad character only when it has as many bytes as the first of them promises: keep it
  // until then.
  if (resumed_text_.empty()) resumed_text_at_ = position_of(p);
  resumed_text_ += rest;
  const auto state = check_string(resumed_text_);
  resumed_text_.erase(0, state.problem == string_problem::none ? std::string::npos : state.offset);
  resumed_text_at_.column += clamp32(state.offset);
}

void tracker::line_break() noexcept {
  ++base_line_;
  base_column_ = 1;
  last_byte_ = '\n';
}

void tracker::begin_document() noexcept {
  resumed_ = part::none;
  resumed_text_.clear();
  separator_ = 0;
  last_byte_ = 0;
}

source_position tracker::position() {
  settle();
  return token_ ? position_of(token_) : resumed_at_;
}

source_position tracker::position_of(const char* p) noexcept {
  if (p < counted_) {
    counted_ = begin_;
    line_ = base_line_;
    line_start_ = nullptr;
  }
  if (const auto lines = count_newlines(counted_, p); lines != 0) {
    line_ += lines;
    line_start_ = last_newline(counted_, p) + 1;
  }
  counted_ = p;
  const auto column = line_start_ ? static_cast<std::uint64_t>(p - line_start_) + 1
                                  : base_column_ + static_cast<std::uint64_t>(p - begin_);
  return {clamp32(line_), clamp32(column)};
}

void tracker::settle() noexcept {
  for (; pending_ != 0; --pending_) {
    if (resumed_ != part::none) {
      token_ = nullptr;
      cursor_ = resumed_ == part::string ? skip_rest_of_string(begin_) : skip_word(begin_);
      resumed_ = part::none;
      continue;
    }
    token_ = skip_separators(cursor_, nullptr);
    cursor_ = skip_token(token_);
  }
}

const char* tracker::skip_separators(const char* p, char* last) const noexcept {
  for (; p != end_; ++p) {
    if (*p == ',' || *p == ':') {
      if (last) *last = *p;
    } else if (*p != ' ' && *p != '\n' && *p != '\r' && *p != '\t') {
      break;
    }
  }
  return p;
}

const char* tracker::skip_token(const char* p) const noexcept {
  if (p == end_) return p;
  if (*p == '"') {
    for (++p; p != end_ && *p != '"'; ++p)
      if (*p == '\\' && p + 1 != end_) ++p;
    return p == end_ ? p : p + 1;
  }
  return is_word(*p) ? skip_word(p) : p + 1;
}

const char* tracker::skip_rest_of_string(const char* p) const noexcept {
  const bool escaped = resumed_text_ == "\\";
  for (p += escaped && p != end_; p != end_ && *p != '"'; ++p)
    if (*p == '\\' && p + 1 != end_) ++p;
  return p == end_ ? p : p + 1;
}

const char* tracker::skip_word(const char* p) const noexcept {
  while (p != end_ && is_word(*p)) ++p;
  return p;
}

tracker::spot tracker::locate(const char* p) {
  settle();
  spot s;
  s.before = p == begin_ ? last_byte_ : p[-1];
  s.separator = cursor_ == begin_ ? separator_ : '\0';
  const bool continues = resumed_ != part::none;
  const char* q = continues ? begin_ : skip_separators(cursor_, &s.separator);
  if (!continues && q >= p) return s;
  s.inside = continues ? resumed_ : *q == '"' ? part::string : is_word(*q) ? part::word : part::none;
  s.start = continues ? resumed_at_ : position_of(q);
  if (s.inside == part::word) {
    if (continues) s.text = resumed_text_;
    s.text.append(q, std::min(word_bytes, static_cast<std::size_t>(p - q)));
  } else if (s.inside == part::string) {
    q += !continues;
    const bool half_done = continues && !resumed_text_.empty();
    s.string_from = half_done ? resumed_text_at_ : position_of(q);
    if (half_done) s.string_bytes = resumed_text_;
    const char* until = p + std::min<std::ptrdiff_t>(end_ - p, string_lookahead);
    s.string_bytes.append(q, until);
  }
  return s;
}

} // namespace crosscut::json
