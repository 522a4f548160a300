#pragma once

#include <crosscut/base/diagnostic.hpp>

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace crosscut::json {

/// Knows where the parser is. The parser hands over the text of most strings and numbers as views into the
/// segment being parsed; other tokens (brackets, literals, strings with escapes) are only counted, and found
/// by reading on from the last known place when somebody asks. Lines are counted in the same lazy way, each
/// byte once.
///
/// A segment is a piece of input given to the parser in one call; a token may begin in one and end in
/// another.
class tracker {
public:
  enum class part { none, word, string }; // a word: a number or literal

  void begin_segment(std::string_view segment) noexcept;
  /// `inside`: the document goes on, so the last token of the segment may be cut in two.
  void end_segment(bool inside);
  /// Text that the parser is not given, without newlines.
  void pass(std::string_view text) noexcept { base_column_ += text.size(); }
  /// A newline that is not part of any segment.
  void line_break() noexcept;
  /// Forgets a half-read token.
  void begin_document() noexcept;

  bool contains(std::string_view text) const noexcept { return text.data() >= begin_ && text.data() <= end_; }
  /// The next token has its text (without quotes, or its rest) at `text`, inside the segment.
  void token_at(std::string_view text, bool quoted) noexcept {
    token_ = resumed_ != part::none && pending_ == 0 ? nullptr : text.data() - quoted;
    resumed_ = part::none;
    pending_ = 0;
    cursor_ = text.data() + text.size() + quoted;
  }
  /// The next token is somewhere ahead.
  void token() noexcept { ++pending_; }

  /// Where the last token begins.
  source_position position();
  /// Of a byte of the segment, or of its end.
  source_position position_of(const char* p) noexcept;

  /// What lies at `p`, where the parser gave up.
  struct spot {
    part inside = part::none;    // the kind of token that `p` is in
    source_position start;       // of that token
    std::string text;            // of a word: what of it lies before `p` (its first 32 bytes)
    char separator = 0;          // the last ',' or ':' between the last whole token and `p`
    char before = 0;             // the byte before `p`, 0 at the start
    std::string string_bytes;    // of a string: its bytes around `p`, from a clean boundary on
    source_position string_from; // where these begin
  };
  spot locate(const char* p);
  std::string_view segment() const noexcept { return {begin_, static_cast<std::size_t>(end_ - begin_)}; }

private:
  void settle() noexcept;
  const char* skip_separators(const char* p, char* last) const noexcept;
  const char* skip_token(const char* p) const noexcept;
  const char* skip_rest_of_string(const char* p) const noexcept;
  const char* skip_word(const char* p) const noexcept;
  void cut_token(const char* p, bool continues);

  const char* begin_ = nullptr;
  const char* end_ = nullptr;
  const char* cursor_ = nullptr; // behind the last token whose place is known
  const char* token_ = nullptr;  // the last token; null where it began before this segment
  std::uint64_t pending_ = 0;    // tokens behind `cursor_` whose place is not known yet
  part resumed_ = part::none;    // the token that the segment begins in the middle of, until it is seen whole

  // What is kept of earlier segments.
  source_position resumed_at_;
  std::string resumed_text_; // of a word: its first bytes; of a string: an escape or character cut in two
  source_position resumed_text_at_;
  char separator_ = 0;
  char last_byte_ = 0;

  std::uint64_t base_line_ = 1; // of begin_
  std::uint64_t base_column_ = 1;
  const char* counted_ = nullptr; // newlines before it are in line_
  std::uint64_t line_ = 1;
  const char* line_start_ = nullptr; // null: the line began before the segment
};

} // namespace crosscut::json
