#include "json_recorder.hpp"

#include <doctest/doctest.h>

using namespace crosscut;
using test::record;

namespace {

struct broken {
  std::string_view text;
  std::string problem;
};

const broken inputs[] = {
    {"", "json-syntax 1:1"},
    {"  \n ", "json-syntax 2:2"},
    {"{", "json-syntax 1:2"},
    {"[1,\n 2,]", "json-syntax 2:4 /1"},
    {"{\"a\":1,}", "json-syntax 1:8 /a"},
    {"{\"a\" 1}", "json-syntax 1:6 /a"},
    {"{\"a\":}", "json-syntax 1:6 /a"},
    {"{'a':1}", "json-syntax 1:2"},
    {"{\"a\":1 \"b\":2}", "json-syntax 1:8 /a"},
    {"[1 2]", "json-syntax 1:4 /0"},
    {"[1}", "json-syntax 1:3 /0"},
    {"[tru]", "json-syntax 1:2"},
    {"[\n\n  nul]", "json-syntax 3:3"},
    {"nul", "json-syntax 1:4"},
    {"[falsy]", "json-syntax 1:2"},
    {"[01]", "json-syntax 1:3 /0"},
    {"[-]", "json-syntax 1:3"},
    {"[1.]", "json-syntax 1:4"},
    {"[1.5e+]", "json-syntax 1:7"},
    {"[+1]", "json-syntax 1:2"},
    {"[NaN]", "json-syntax 1:2"},
    {"[\"a\nb\"]", "json-syntax 1:4"},
    {"[\"ab\tc\"]", "json-syntax 1:5"},
    {"[\"\\x\"]", "json-syntax 1:4"},
    {"[\"\\u12G4\"]", "json-syntax 1:7"},
    {"[\"abc", "json-syntax 1:6"},
    {"{\"k\":[\"\\ud800\"]}", "json-utf8 1:8 /k"},
    {"[\"\\udc00\"]", "json-utf8 1:3"},
    {"[\"\\ud800\\u0041\"]", "json-utf8 1:3"},
    {"[\"x\xff\"]", "json-utf8 1:4"},
    {"[\"\xc3\x28\"]", "json-utf8 1:3"},
    {"[\"\xed\xa0\x80\"]", "json-utf8 1:3"},
    {"[1] 2", "json-syntax 1:5"},
    // Found by the fuzzer: behind a string with an escape; a half character before a line break.
    {"\"\\n\"]", "json-syntax 1:5"},
    {"[\"asd]\xef\n\xbf", "json-utf8 1:7"},
    {"{}\n{}", "json-syntax 2:1"},
    {"[1, // no\n2]", "json-syntax 1:5 /0"},
    {"[1e999]", "json-number 1:2 /0"},
    {"[0, -1e999]", "json-number 1:5 /1"},
    {"[1e-999]", "json-number 1:2 /0"},
    {"[1e99999999999]", "json-number 1:2"},
    {"[18446744073709551616]", "json-number 1:2 /0"},
    {"{\"a\":\n -9223372036854775809}", "json-number 2:2 /a"},
    {"{\"a\":1,\n\"b\":2,\n  \"a\":3}", "json-duplicate-key 3:3 /a"},
    {"{\"a\":1,\"\\u0061\":3}", "json-duplicate-key 1:8 /a"},
    {"\xef\xbb\xbf[x]", "json-syntax 1:2"},
};

} // namespace

TEST_CASE("every problem has the place of the offending byte, however the input is cut") {
  for (const auto& b : inputs) {
    for (const std::size_t chunk : {1000u, 1u, 2u, 3u, 7u}) {
      CAPTURE(b.text);
      CAPTURE(chunk);
      json::read_options options;
      options.chunk = chunk;
      const auto o = record(b.text, options);
      CHECK_FALSE(o.result.ok);
      CHECK(o.problems == std::vector{b.problem});
    }
  }
}

TEST_CASE("events know where they are") {
  const std::string_view text = "{\n  \"a\" : [ true ,\n null, {} ],\n  \"b/~\\n\": \"x\\ty\", \"c\": -1.5}";
  const std::vector<std::string> expected = {"begin",
                                             "{ @1:1 ",
                                             "key a @2:3 /a",
                                             "[ @2:9 /a",
                                             "true @2:11 /a/0",
                                             "null @3:2 /a/1",
                                             "{ @3:8 /a/2",
                                             "} @3:9 /a/2",
                                             "] @3:11 /a",
                                             "key b/~\n @4:3 /b~1~0\\u{a}",
                                             "string x\ty @4:12 /b~1~0\\u{a}",
                                             "key c @4:20 /c",
                                             "real -1.500000 @4:25 /c",
                                             "} @4:29 ",
                                             "end"};
  for (const std::size_t chunk : {1000u, 1u, 2u, 3u, 7u, 13u}) {
    CAPTURE(chunk);
    json::read_options options;
    options.chunk = chunk;
    CHECK(record(text, options, true).events == expected);
  }
}

TEST_CASE("messages say what was found and what would be right") {
  test::json_recorder r;
  diagnostics d;
  json::read_options options;
  options.file = "estate.json";
  json::read(std::string_view("[1,\n 2,]"), options, r, d);
  REQUIRE(d.items().size() == 1);
  CHECK(to_string(d.items()[0]) ==
        "estate.json:2:4: error: found \"]\", expected a value (at /1); take away the comma before it");
}

TEST_CASE("what an attacker wrote is escaped and cut in diagnostics") {
  const auto o = record("{\"\\u001b[31m" + std::string(1000, 'x') + "\": nope}");
  REQUIRE(o.problems.size() == 1);
  CHECK(o.problems[0].find('\x1b') == std::string::npos);
  CHECK(o.problems[0].size() < 300);
}
