#include "explain.hpp"

#include "string_check.hpp"

#include <crosscut/base/escape.hpp>
#include <crosscut/base/hash.hpp>

namespace crosscut::json {

namespace {

bool is_digit(char c) noexcept { return c >= '0' && c <= '9'; }
bool is_letter(char c) noexcept { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

std::string byte_name(char c) { return "the byte 0x" + to_hex(static_cast<unsigned char>(c)).substr(14); }

// The word, character or byte at the front of `text`.
std::string found(std::string_view text) {
  if (text.empty()) return "the end";
  const char c = text.front();
  if (c == '"') return "a string";
  if (static_cast<unsigned char>(c) < 0x20 || c == 0x7f)
    return c == '\n' ? "the end of the line" : byte_name(c);
  std::size_t size = 0;
  while (size < text.size() && size < 32 && (is_letter(text[size]) || is_digit(text[size]))) ++size;
  if (size != 0) return quoted(text.substr(0, size));
  for (size = 1; size < text.size() && size < 4 && (static_cast<unsigned char>(text[size]) & 0xc0) == 0x80;)
    ++size;
  if (static_cast<unsigned char>(c) < 0x80) return quoted(text.substr(0, 1));
  return is_utf8(text.substr(0, size)) ? quoted(text.substr(0, size)) : byte_name(c);
}

std::string expected(const location& where, char separator) {
  using after = location::after;
  if (where.depth() == 0) return where.last() == after::value ? "the end of the input" : "a JSON value";
  if (where.last() == after::name) return separator == ':' ? "a value" : "\":\" and a value";
  const bool object = where.in_object();
  if (where.last() == after::value && separator != ',') return object ? "\",\" or \"}\"" : "\",\" or \"]\"";
  std::string item = object ? "a member name in double quotes" : "a value";
  if (where.last() == after::value) return item;
  return item + (object ? " or \"}\"" : " or \"]\"");
}

std::string hint_for(std::string_view text, const location& where, const tracker::spot& s) {
  if (text.empty()) return {};
  const char c = text.front();
  if ((c == '}' || c == ']') && s.separator == ',') return "take away the comma before it";
  if (c == '\'') return "strings are written in double quotes";
  if (c == '/') return "comments are not allowed here";
  if (c == '\xff' || c == '\xfe') return "save the file as UTF-8";
  if (c == '.') return "a number begins with a digit";
  if (c == '+') return "a number has no plus sign in front";
  if (is_digit(c) && is_digit(s.before)) return "a number has no zeros in front";
  if (where.depth() == 0 && where.last() == location::after::value) return "only one document is allowed";
  if (is_letter(c) && where.last() != location::after::value)
    return "words are written in double quotes; only true, false and null are not";
  return {};
}

diagnostic make(std::string_view code, source_position at, std::string message, std::string hint = {}) {
  diagnostic d;
  d.code = code;
  d.position = at;
  d.message = std::move(message);
  d.hint = std::move(hint);
  return d;
}

diagnostic explain_string(const tracker::spot& s) {
  const auto state = check_string(s.string_bytes);
  auto at = s.string_from;
  at.column += static_cast<std::uint32_t>(state.offset);
  const std::string_view rest = std::string_view(s.string_bytes).substr(state.offset);
  switch (state.problem) {
  case string_problem::control:
    if (rest.front() == '\n' || rest.front() == '\r')
      return make("json-syntax", at, "a string is not closed before the end of the line",
                  "write a line break as \\n");
    return make("json-syntax", at, byte_name(rest.front()) + " stands raw in a string",
                "write it as \\u00XX");
  case string_problem::escape:
    return make("json-syntax", at,
                "found " + found(rest) + " behind a backslash, expected one of \" \\ / b f n r t u",
                "write a backslash as \\\\");
  case string_problem::hex_digit:
    return make("json-syntax", at,
                "found " + found(rest) + ", expected one of the four hexadecimal digits of \\uXXXX");
  case string_problem::surrogate:
    return make("json-utf8", at, "a \\uXXXX of a pair stands alone, which is no character",
                "characters above U+FFFF are two: \\uD800-\\uDBFF, then \\uDC00-\\uDFFF");
  case string_problem::utf8:
    return make("json-utf8", at, byte_name(rest.front()) + " is not UTF-8 here", "save the file as UTF-8");
  case string_problem::none:
  case string_problem::incomplete: break;
  }
  return make("json-syntax", s.start, "a string is not right");
}

// `rest`: what follows the part of the number that was read.
diagnostic explain_number(const tracker::spot& s, source_position at, std::string_view rest) {
  return make("json-syntax", at,
              "found " + found(rest) + " in the number " + quoted(s.text, 32) + ", expected a digit");
}

std::string_view ahead(const char* from, std::string_view segment) {
  return segment.substr(static_cast<std::size_t>(from - segment.data()), 40);
}

bool is_number(const tracker::spot& s) {
  return !s.text.empty() && (is_digit(s.text.front()) || s.text.front() == '-');
}

} // namespace

diagnostic explain_error(location& where, const char* at) {
  const auto s = where.tokens.locate(at);
  const auto rest = ahead(at, where.tokens.segment());
  if (s.inside == tracker::part::string) return explain_string(s);
  if (s.inside == tracker::part::word && is_number(s))
    return explain_number(s, where.tokens.position_of(at), rest);
  if (s.inside == tracker::part::word) {
    const auto word = s.text + std::string(rest);
    return make("json-syntax", s.start, "found " + found(word) + ", expected a JSON value",
                hint_for(word, where, s));
  }
  return make("json-syntax", where.tokens.position_of(at),
              "found " + found(rest) + ", expected " + expected(where, s.separator),
              hint_for(rest, where, s));
}

diagnostic explain_end(location& where, std::string_view what) {
  const auto segment = where.tokens.segment();
  const char* const end = segment.data() + segment.size();
  const auto s = where.tokens.locate(end);
  const auto at = where.tokens.position_of(end);
  const std::string the_end = "the " + std::string(what) + " ends ";
  const std::string hint = what == "line" ? "every value stands on one line" : "";
  if (s.inside == tracker::part::string) return make("json-syntax", at, the_end + "in a string", hint);
  if (s.inside == tracker::part::word)
    return make("json-syntax", at, the_end + (is_number(s) ? "in the number " : "in ") + quoted(s.text, 32),
                hint);
  if (where.depth() == 0) return make("json-syntax", at, "the " + std::string(what) + " holds no JSON value");
  const std::string open = where.in_object() ? "an object" : "an array";
  return make("json-syntax", at, the_end + "in " + open + ", expected " + expected(where, s.separator), hint);
}

} // namespace crosscut::json
