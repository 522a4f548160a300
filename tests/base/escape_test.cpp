#include <crosscut/base/escape.hpp>

#include <doctest/doctest.h>

#include <string>
#include <utility>

using namespace crosscut;

TEST_CASE("plain text stays as it is") {
  for (const std::string text : {"", "plain", "Grüße, 世界, 😀", "a \\ b \"c\""}) {
    CHECK(escape_for_terminal(text) == text);
    CHECK(is_utf8(text));
  }
}

TEST_CASE("nothing that a terminal would obey or hide comes through") {
  CHECK(escape_for_terminal("\x1b[31mred\x07\n\r\t\x7f") == "\\u{1b}[31mred\\u{7}\\u{a}\\u{d}\\u{9}\\u{7f}");
  CHECK(escape_for_terminal(std::string_view("a\0b", 3)) == "a\\u{0}b");
  CHECK(escape_for_terminal("\xc2\x9b"
                            "31m") == "\\u{9b}31m"); // C1: a one-character CSI
  CHECK(escape_for_terminal("a\xe2\x80\xae"
                            "b") == "a\\u{202e}b");                                 // right-to-left override
  CHECK(escape_for_terminal("\xe2\x81\xa6x\xe2\x81\xa9") == "\\u{2066}x\\u{2069}"); // isolates
  CHECK(escape_for_terminal("\xd8\x9c") == "\\u{61c}");                             // Arabic letter mark
  CHECK(escape_for_terminal("\xe2\x80\x8b\xef\xbb\xbf") == "\\u{200b}\\u{feff}");
  CHECK(escape_for_terminal("\xe2\x80\xa8\xe2\x80\xa9") == "\\u{2028}\\u{2029}");
  CHECK(escape_for_terminal("\xf3\xa0\x80\x81\xf3\xa0\x81\x81") == "\\u{e0001}\\u{e0041}"); // tags
  CHECK(escape_for_terminal("\xef\xb8\x8f") == "\\u{fe0f}"); // variation selector
}

TEST_CASE("bytes that are not UTF-8 are shown one by one") {
  const std::pair<std::string, std::string> cases[] = {
      {"\xff", "\\xff"},
      {"\x80", "\\x80"},
      {"\xc3", "\\xc3"},                            // cut short
      {"\xc0\xaf", "\\xc0\\xaf"},                   // overlong
      {"\xe0\x80\xaf", "\\xe0\\x80\\xaf"},          // overlong
      {"\xed\xa0\x80", "\\xed\\xa0\\x80"},          // surrogate
      {"\xf4\x90\x80\x80", "\\xf4\\x90\\x80\\x80"}, // above U+10FFFF
      {"\xe2\x82(", "\\xe2\\x82("},
  };
  for (const auto& [text, shown] : cases) {
    CAPTURE(shown);
    CHECK(escape_for_terminal(text) == shown);
    CHECK_FALSE(is_utf8(text));
  }
  CHECK(is_utf8("\xed\x9f\xbf\xee\x80\x80\xf4\x8f\xbf\xbf"));
}

TEST_CASE("every character is either kept or escaped, and the result has none to escape") {
  for (char32_t c = 0; c <= 0x10ffff; c += c < 0x3100 ? 1 : 61) {
    if (c >= 0xd800 && c <= 0xdfff) continue;
    std::string text;
    const auto tail = [&](unsigned shift) { text += static_cast<char>(0x80 | (c >> shift & 0x3f)); };
    if (c < 0x80)
      text += static_cast<char>(c);
    else if (c < 0x800)
      text += static_cast<char>(0xc0 | c >> 6), tail(0);
    else if (c < 0x10000)
      text += static_cast<char>(0xe0 | c >> 12), tail(6), tail(0);
    else
      text += static_cast<char>(0xf0 | c >> 18), tail(12), tail(6), tail(0);
    REQUIRE(is_utf8(text));
    const auto shown = escape_for_terminal(text);
    REQUIRE((shown == text || shown.starts_with("\\u{")));
    REQUIRE(escape_for_terminal(shown) == shown);
  }
}

TEST_CASE("quoted text is cut between characters and says how long it was") {
  CHECK(quoted("abc") == "\"abc\"");
  CHECK(quoted("abc", 3) == "\"abc\"");
  CHECK(quoted("abcd", 3) == "\"abc…\" (4 bytes)");
  CHECK(quoted("aé", 2) == "\"a…\" (3 bytes)");
  CHECK(quoted("\n") == "\"\\u{a}\"");
}

TEST_CASE("JSON escapes") {
  CHECK(escape_for_json("a\"b\\c/é") == "a\\\"b\\\\c/é");
  CHECK(escape_for_json("\b\f\n\r\t\x01\x7f") == "\\b\\f\\n\\r\\t\\u0001\\u007f");
  CHECK(escape_for_json(std::string_view("\0", 1)) == "\\u0000");
  CHECK(escape_for_json("\xe2\x80\xa8\xe2\x80\xae") == "\\u2028\\u202e");
  CHECK(escape_for_json("\xf3\xa0\x80\x81") == "\\udb40\\udc01");
  CHECK(escape_for_json("\xf0\x9f\x98\x80") == "\xf0\x9f\x98\x80");
  CHECK(escape_for_json("a\xff") == "a\xef\xbf\xbd");
}
