#include <crosscut/model/chunked_vector.hpp>
#include <crosscut/model/string_pool.hpp>

#include <doctest/doctest.h>

#include <string>
#include <utility>

using namespace crosscut;
using namespace std::string_literals;

TEST_CASE("equal texts get one index, in order of coming") {
  string_pool pool;
  CHECK(pool.intern("a") == 0);
  CHECK(pool.intern("b") == 1);
  CHECK(pool.intern("a") == 0);
  CHECK(pool.intern("") == 2);
  CHECK(pool.intern("") == 2);
  CHECK(pool.intern("\0"s) == 3);
  CHECK(pool.intern("\0\0"s) == 4);
  CHECK(pool.size() == 5);
  CHECK(pool[1] == "b");
  CHECK(pool[2].empty());
  CHECK(pool[4] == "\0\0"s);
  CHECK(pool.find("b") == 1);
  CHECK(pool.find("c") == no_index);
  CHECK(string_pool().find("") == no_index);
}

TEST_CASE("many strings, long and short, stay where they are") {
  string_pool pool;
  const auto text = [](int i) {
    return std::to_string(i * 7919) +
           std::string(static_cast<std::size_t>(i % 5000 == 0 ? 70'000 : i % 40), 'x');
  };
  std::vector<std::string_view> views;
  constexpr int n = 100'000;
  for (int i = 0; i < n; ++i) {
    REQUIRE(pool.intern(text(i)) == static_cast<index_t>(i));
    views.push_back(pool[static_cast<index_t>(i)]);
  }
  auto moved = std::move(pool);
  CHECK(moved.size() == n);
  for (int i = 0; i < n; ++i) {
    REQUIRE(moved[static_cast<index_t>(i)].data() == views[static_cast<std::size_t>(i)].data());
    REQUIRE(moved[static_cast<index_t>(i)] == text(i));
    REQUIRE(moved.find(text(i)) == static_cast<index_t>(i));
  }
  CHECK(moved.find("nothing like it") == no_index);
  CHECK(moved.intern("one more") == n);
  const auto before = moved.memory_usage();
  moved.seal();
  CHECK(moved.memory_usage() < before);
  CHECK(moved[0] == text(0));
  CHECK(moved[n] == "one more");
}

TEST_CASE("a chunked vector grows, shrinks and grows again") {
  chunked_vector<int> v;
  CHECK(v.empty());
  constexpr std::size_t n = 50'000;
  for (std::size_t i = 0; i < n; ++i) v.push_back(static_cast<int>(i));
  const int* const first = &v[0];
  CHECK(v.size() == n);
  CHECK(v.back() == static_cast<int>(n - 1));
  v.truncate(16'384);
  CHECK(v.size() == 16'384);
  v.push_back(-1);
  CHECK(v[16'384] == -1);
  CHECK(&v[0] == first);
  for (std::size_t i = 0; i < 16'384; ++i) REQUIRE(v[i] == static_cast<int>(i));
  v.clear();
  CHECK(v.empty());
  v.push_back(3);
  CHECK(v[0] == 3);
}
