#include "io/json/writer.hpp"

#include <doctest/doctest.h>

#include <limits>
#include <sstream>
#include <stdexcept>

using namespace crosscut;
using json::writer;

namespace {

void sample(writer& w) {
  w.begin_object().member("b", 1).member("a", "x\"\n\xe2\x80\xae").key("list").begin_array();
  w.value(true).null().value(0.1).value(1.0).value(-2).begin_object().end_object().begin_array().end_array();
  w.end_array().end_object().finish();
}

template <class T> std::string one(T v) {
  std::string text;
  writer(text).value(v).finish();
  return text;
}

} // namespace

TEST_CASE("compact and pretty, in the order written") {
  std::string compact;
  writer c(compact);
  sample(c);
  CHECK(compact == "{\"b\":1,\"a\":\"x\\\"\\n\\u202e\",\"list\":[true,null,0.1,1.0,-2,{},[]]}");
  std::string pretty;
  writer p(pretty, json::layout::pretty);
  sample(p);
  CHECK(pretty == "{\n  \"b\": 1,\n  \"a\": \"x\\\"\\n\\u202e\",\n  \"list\": [\n    true,\n    null,\n    "
                  "0.1,\n    1.0,\n"
                  "    -2,\n    {},\n    []\n  ]\n}\n");
}

TEST_CASE("to a stream the same bytes, also when they are many") {
  std::string text;
  std::ostringstream stream;
  writer a(text);
  writer b(stream);
  for (auto* w : {&a, &b}) {
    w->begin_array();
    for (int i = 0; i < 50000; ++i) w->value("element " + std::to_string(i));
    w->end_array().finish();
  }
  CHECK(text.size() > 500000);
  CHECK(stream.str() == text);
}

TEST_CASE("numbers read back as the same value") {
  CHECK(one(std::numeric_limits<std::int64_t>::min()) == "-9223372036854775808");
  CHECK(one(std::numeric_limits<std::uint64_t>::max()) == "18446744073709551615");
  CHECK(one(5e-324) == "5e-324");
  CHECK(one(1e300) == "1e+300");
  CHECK(one(0.1 + 0.2) == "0.30000000000000004");
  CHECK(one(-0.0) == "-0.0");
  CHECK_THROWS_AS(one(std::numeric_limits<double>::quiet_NaN()), std::invalid_argument);
  CHECK_THROWS_AS(one(-std::numeric_limits<double>::infinity()), std::invalid_argument);
}

TEST_CASE("what would not be JSON throws") {
  std::string text;
  CHECK_THROWS_AS(writer(text).finish(), std::logic_error);
  CHECK_THROWS_AS(writer(text).key("a"), std::logic_error);
  CHECK_THROWS_AS(writer(text).end_array(), std::logic_error);
  CHECK_THROWS_AS(writer(text).value(1).value(2), std::logic_error);
  CHECK_THROWS_AS(writer(text).begin_object().value(1), std::logic_error);
  CHECK_THROWS_AS(writer(text).begin_object().key("a").key("b"), std::logic_error);
  CHECK_THROWS_AS(writer(text).begin_object().key("a").end_object(), std::logic_error);
  CHECK_THROWS_AS(writer(text).begin_array().key("a"), std::logic_error);
  CHECK_THROWS_AS(writer(text).begin_array().end_object(), std::logic_error);
  CHECK_THROWS_AS(writer(text).begin_array().finish(), std::logic_error);
}
