#include "json_recorder.hpp"

#include <doctest/doctest.h>

#include <chrono>
#include <limits>
#include <sstream>
#include <stdexcept>

using namespace crosscut;
using test::record;
using strings = std::vector<std::string>;

namespace {

// Counts, so that large inputs do not fill the memory of the test.
class counter final : public json::sink {
public:
  void object_begin() override {}
  void object_end() override {}
  void array_begin() override {}
  void array_end() override {}
  void key(std::string_view) override { ++keys; }
  void string(std::string_view s) override { longest = std::max(longest, s.size()); }
  void int64(std::int64_t) override {}
  void uint64(std::uint64_t) override {}
  void real(double v) override { last = v; }
  void boolean(bool) override {}
  void null() override {}

  std::size_t keys = 0;
  std::size_t longest = 0;
  double last = 0;
};

json::read_options lines() {
  json::read_options o;
  o.lines = true;
  return o;
}

json::read_options jsonc() {
  json::read_options o;
  o.allow_comments = o.allow_trailing_commas = true;
  return o;
}

} // namespace

TEST_CASE("numbers keep their value") {
  CHECK(record("[0,-0,9223372036854775807,-9223372036854775808,9223372036854775808,18446744073709551615]")
            .events == strings{"begin", "[", "int64 0", "int64 0", "int64 9223372036854775807",
                               "int64 -9223372036854775808", "uint64 9223372036854775808",
                               "uint64 18446744073709551615", "]", "end"});
  // Values that a conversion by powers of ten gets wrong in the last place.
  const std::pair<const char*, double> hard[] = {
      {"[7.2057594037927933e16]", 7.2057594037927933e16},
      {"[9007199254740993.0]", 9007199254740992.0},
      {"[2.2250738585072011e-308]", 2.2250738585072011e-308},
      {"[1.7976931348623157e308]", 1.7976931348623157e308},
      {"[8.589973e9]", 8.589973e9},
      {"[0.1000000000000000055511151231257827021181583404541015625]", 0.1},
      {"[5e-324]", std::numeric_limits<double>::denorm_min()},
      {"[0e-999]", 0.0}};
  for (const auto& [text, value] : hard) {
    for (const std::size_t chunk : {1u, 3u, 1000u}) {
      counter c;
      diagnostics d;
      json::read_options options;
      options.chunk = chunk;
      CAPTURE(text);
      c.last = -1;
      CHECK(json::read(std::string_view(text), options, c, d).ok);
      CHECK(c.last == value);
    }
  }
}

TEST_CASE("one run reports every duplicate name and number that does not fit, and delivers the rest") {
  const auto o = record("{\"a\":1e999,\"b\":{\"a\":1,\"c\":2,\"c\":3},\"a\":4}");
  CHECK(o.problems ==
        strings{"json-number 1:6 /a", "json-duplicate-key 1:29 /b/c", "json-duplicate-key 1:36 /a"});
  CHECK(o.events == strings{"begin", "{", "key a", "null", "key b", "{", "key a", "int64 1", "key c",
                            "int64 2", "key c", "int64 3", "}", "key a", "int64 4", "}", "end"});
}

TEST_CASE("duplicates are found in large objects, nested ones, and across chunks") {
  for (const int size : {1, 15, 16, 17, 18, 31, 32, 33, 100, 1000}) {
    for (const int twice : {0, size / 2, size - 1}) {
      std::string text = "{";
      for (int i = 0; i < size; ++i) text += "\"name " + std::to_string(i) + "\":{\"name 0\":[{\"x\":1}]},";
      text += "\"name " + std::to_string(twice) + "\":0,\"last\":0}";
      for (const std::size_t chunk : {64u, 1000000u}) {
        json::read_options options;
        options.chunk = chunk;
        const auto o = record(text, options);
        CAPTURE(size);
        CAPTURE(twice);
        REQUIRE(o.problems.size() == 1);
        CHECK(o.problems[0].ends_with("/name " + std::to_string(twice)));
      }
    }
  }
}

TEST_CASE("a million names in one object") {
  std::string text = "{";
  for (int i = 0; i < 1000000; ++i) text += "\"" + std::to_string(i) + "\":0,";
  text += "\"500000\":0}";
  counter c;
  diagnostics d;
  const auto start = std::chrono::steady_clock::now();
  CHECK_FALSE(json::read(std::string_view(text), {}, c, d).ok);
  // Quadratic would be minutes.
  CHECK(std::chrono::steady_clock::now() - start < std::chrono::seconds(20));
  CHECK(c.keys == 1000001);
  CHECK(d.count(severity::error) == 1);
  CHECK(d.items()[0].code == "json-duplicate-key");
}

TEST_CASE("sizes are bounded") {
  const std::string text = "[\"" + std::string(10u << 20, 'x') + "\"]";
  counter c;
  diagnostics d;
  CHECK(json::read(std::string_view(text), {}, c, d).ok);
  CHECK(c.longest == 10u << 20);
  json::read_options options;
  options.max_string = (10u << 20) - 1;
  CHECK_FALSE(json::read(std::string_view(text), options, c, d).ok);
  REQUIRE(d.items().size() == 1);
  CHECK(d.items()[0].code == "json-size");
  CHECK(d.items()[0].position == source_position{1, 2});

  options = {};
  options.max_open_names = 1000;
  CHECK(record("{\"a\":{\"b\":1}}", options).result.ok);
  std::string many = "{";
  for (int i = 0; i < 100; ++i) many += "\"\":0,";
  CHECK(record(many, options).problems.back().starts_with("json-size"));
  CHECK(record("[0." + std::string(4094, '0') + "]").result.ok);
  CHECK(record("[0." + std::string(4095, '0') + "]").problems == strings{"json-size 1:2 /0"});
  options.chunk = 100;
  CHECK(record("[0." + std::string(4095, '0') + "]", options).problems.size() == 1);
}

TEST_CASE("nesting up to 64") {
  const auto nested = [](std::size_t n) { return std::string(n, '[') + std::string(n, ']'); };
  CHECK(record(nested(64)).result.ok);
  CHECK(record(nested(65)).problems[0].starts_with("json-depth 1:65"));
}

TEST_CASE("comments and trailing commas only where allowed") {
  const std::string_view text =
      "// first\n{ /***/ \"a\": [1, 2, /* x */], // \"b\n \"//\": \"/* no */\", } /**/ // end";
  CHECK_FALSE(record(text).result.ok);
  for (const std::size_t chunk : {1000u, 1u, 2u, 3u, 7u}) {
    auto options = jsonc();
    options.chunk = chunk;
    const auto o = record(text, options);
    CHECK(o.problems.empty());
    CHECK(o.events == strings{"begin", "{", "key a", "[", "int64 1", "int64 2", "]", "key //",
                              "string /* no */", "}", "end"});
    CHECK(record("{}\n /* a\n b", options).problems == strings{"json-syntax 2:2"});
    CHECK(record("[1,,]", options).problems == strings{"json-syntax 1:4 /0"});
    CHECK(record("[/", options).problems == strings{"json-syntax 1:2"});
    CHECK(record("[1] /", options).problems == strings{"json-syntax 1:5"});
  }
}

TEST_CASE("lines: a broken line is reported and the next one read") {
  const std::string_view text =
      "{\"a\":1}\n\n{\"a\":\n[1,2] x\r\n  \r\n\"\\q\"\n[3]\n{\"a\":1,\"a\":2}\ntrue";
  const strings problems = {"json-syntax 3:6 /a", "json-syntax 4:7", "json-syntax 6:3",
                            "json-duplicate-key 8:8 /a"};
  for (const std::size_t chunk : {1000u, 1u, 2u, 3u, 7u}) {
    auto options = lines();
    options.chunk = chunk;
    const auto o = record(text, options);
    CAPTURE(chunk);
    CHECK(o.problems == problems);
    CHECK(o.result.documents == 4);
    CHECK(o.events == strings{"begin",   "{",      "key a",  "int64 1", "}",     "end",     "begin",
                              "{",       "key a",  "failed", "begin",   "[",     "int64 1", "int64 2",
                              "]",       "failed", "begin",  "failed",  "begin", "[",       "int64 3",
                              "]",       "end",    "begin",  "{",       "key a", "int64 1", "key a",
                              "int64 2", "}",      "end",    "begin",   "true",  "end"});
  }
  CHECK(record("", lines()).result.ok);
  CHECK(record("\n\n", lines()).result.documents == 0);
}

TEST_CASE("a stream is read like a view") {
  for (const std::string text : {"\xef\xbb\xbf{\"a\":[1,2,3]}", "{}", "[", "7", ""}) {
    test::json_recorder r;
    diagnostics d;
    std::istringstream in(text);
    json::read_options options;
    options.chunk = 4;
    const auto result = json::read(in, options, r, d);
    const auto o = record(text);
    CHECK(result.ok == o.result.ok);
    CHECK(r.events == o.events);
  }
}

TEST_CASE("a sink can stop") {
  test::json_recorder r;
  r.stop_at = "int64 2";
  diagnostics d;
  const auto result = json::read(std::string_view("[1,2,3,oops"), {}, r, d);
  CHECK(result.stopped);
  CHECK(result.ok);
  CHECK(d.items().empty());
  CHECK(r.events == strings{"begin", "[", "int64 1", "int64 2", "failed"});
}

TEST_CASE("a sink's exception passes through") {
  struct thrower : json::sink {
    void object_begin() override {}
    void object_end() override {}
    void array_begin() override {}
    void array_end() override {}
    void key(std::string_view) override {}
    void string(std::string_view) override { throw std::runtime_error("enough"); }
    void int64(std::int64_t) override {}
    void uint64(std::uint64_t) override {}
    void real(double) override {}
    void boolean(bool) override {}
    void null() override {}
  } t;
  diagnostics d;
  CHECK_THROWS_WITH(json::read(std::string_view("[\"x\"]"), {}, t, d), "enough");
}
