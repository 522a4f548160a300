#include "io/json/document.hpp"

#include <doctest/doctest.h>

#include <cmath>
#include <random>
#include <sstream>

using namespace crosscut;

namespace {

std::optional<json::node> parse(std::string_view text) {
  diagnostics d;
  auto n = json::parse_document(text, {}, d);
  CHECK(n.has_value() != d.has_errors());
  return n;
}

std::string written(const json::node& n, json::layout style) {
  std::string text;
  json::writer w(text, style);
  json::write(w, n);
  w.finish();
  return text;
}

// A random value as text, with all kinds, escapes and numbers of any size.
void generate(json::writer& w, std::mt19937_64& random, int depth) {
  const auto any_text = [&] {
    std::string s;
    for (auto n = random() % 12; n > 0; --n) {
      constexpr std::string_view pieces[] = {
          "a", "\"", "\\", "\n", "é", "\xf0\x9f\x98\x80", "\xe2\x80\xae", "/", std::string_view("\0", 1)};
      s += pieces[random() % std::size(pieces)];
    }
    return s;
  };
  switch (random() % (depth > 0 ? 8 : 6)) {
  case 0: w.null(); return;
  case 1: w.value(random() % 2 == 0); return;
  case 2: w.value(static_cast<std::int64_t>(random())); return;
  case 3: w.value(random()); return;
  case 4:
    w.value(std::ldexp(static_cast<double>(random()), static_cast<int>(random() % 1900) - 1000));
    return;
  case 5: w.value(any_text()); return;
  case 6:
    w.begin_array();
    for (auto n = random() % 5; n > 0; --n) generate(w, random, depth - 1);
    w.end_array();
    return;
  default:
    w.begin_object();
    for (auto n = random() % 20; n > 0; --n) {
      w.key(std::to_string(n) + any_text());
      generate(w, random, depth - 1);
    }
    w.end_object();
  }
}

} // namespace

TEST_CASE("a document's values, members and places") {
  const auto n =
      parse("{\"a\": 1,\n \"b\": [true, null, \"x\", 2.5, 1e3, 18446744073709551615],\n \"c\": {}}");
  REQUIRE(n);
  CHECK(n->is_object());
  REQUIRE(n->members().size() == 3);
  CHECK(n->members()[1].name == "b");
  CHECK(n->members()[1].position == source_position{2, 2});
  CHECK(n->find("a")->as_int64() == 1);
  CHECK(n->find("a")->as_double() == 1.0);
  CHECK_FALSE(n->find("a")->as_string());
  CHECK_FALSE(n->find("a")->as_bool());
  CHECK(n->find("z") == nullptr);
  const auto b = n->find("b")->elements();
  REQUIRE(b.size() == 6);
  CHECK(b[0].as_bool() == true);
  CHECK(b[1].is_null());
  CHECK(b[2].as_string() == "x");
  CHECK(b[2].position() == source_position{2, 20});
  CHECK(b[3].as_double() == 2.5);
  CHECK_FALSE(b[3].as_int64());
  CHECK(b[4].as_int64() == 1000);
  CHECK(b[5].as_uint64() == 18446744073709551615u);
  CHECK_FALSE(b[5].as_int64());
  CHECK(b[0].find("a") == nullptr);
  CHECK(b[0].elements().empty());
  CHECK(n->find("c")->position() == source_position{3, 7});
}

TEST_CASE("members are found in objects of any size") {
  for (const int size : {0, 1, 8, 9, 200}) {
    std::string text = "{";
    for (int i = 0; i < size; ++i)
      text += (i ? ",\"k" : "\"k") + std::to_string(i * 7919 % 1009) + "\":" + std::to_string(i);
    const auto n = parse(text + "}");
    REQUIRE(n);
    for (int i = 0; i < size; ++i) CHECK(n->find("k" + std::to_string(i * 7919 % 1009))->as_int64() == i);
    CHECK(n->find("k") == nullptr);
    CHECK(n->find("") == nullptr);
  }
}

TEST_CASE("what is wrong is no document") {
  for (const auto* text : {"", "[1", "{\"a\":1,\"a\":1}", "[1e999]", "{} {}"}) CHECK_FALSE(parse(text));
}

TEST_CASE("sizes are bounded") {
  json::document_options options;
  options.max_bytes = 10;
  options.read.chunk = 4;
  diagnostics d;
  CHECK(json::parse_document(std::string_view("[1,2,3456]"), options, d));
  CHECK_FALSE(json::parse_document(std::string_view("[1,2,34567]"), options, d));
  std::istringstream fits("[1,2,3456]");
  std::istringstream does_not("[1,2,34567]");
  CHECK(json::parse_document(fits, options, d));
  CHECK_FALSE(json::parse_document(does_not, options, d));
  options.max_nodes = 3;
  CHECK(json::parse_document(std::string_view("[1,2]"), options, d));
  CHECK_FALSE(json::parse_document(std::string_view("[1,2,3]"), options, d));
  REQUIRE(d.items().size() == 3);
  for (const auto& x : d.items()) CHECK(x.code == "json-size");
}

TEST_CASE("parse, write, parse gives the same document") {
  std::mt19937_64 random(7);
  for (int round = 0; round < 500; ++round) {
    std::string text;
    json::writer w(text);
    generate(w, random, 4);
    w.finish();
    const auto first = parse(text);
    REQUIRE(first);
    // The writer made `text`, so compact writing gives the very bytes back.
    CHECK(written(*first, json::layout::compact) == text);
    const auto second = parse(written(*first, json::layout::pretty));
    REQUIRE(second);
    CHECK(*second == *first);
  }
}

TEST_CASE("documents differ by kind, value and order") {
  const char* all[] = {
      "1",        "1.0", "true", "\"1\"", "null", "[]", "[1]", "{}", "{\"a\":1,\"b\":2}", "{\"b\":2,\"a\":1}",
      "{\"a\":1}"};
  for (const auto* a : all)
    for (const auto* b : all) CHECK((*parse(a) == *parse(b)) == (a == b));
}

TEST_CASE("pointers") {
  CHECK(json::pointer_to(json::pointer_to("", "a/b~c"), std::uint64_t{3}) == "/a~1b~0c/3");
}
