#include <crosscut/io/read.hpp>
#include <crosscut/io/write_inventory.hpp>
#include <crosscut/model/inventory_builder.hpp>

#include <doctest/doctest.h>

#include <algorithm>
#include <bit>
#include <cmath>
#include <filesystem>
#include <limits>
#include <random>
#include <sstream>

using namespace crosscut;
using namespace std::string_literals;
namespace fs = std::filesystem;

namespace {

std::string written(const property_graph& g, const io::write_inventory_options& options = {}) {
  std::ostringstream out;
  io::write_inventory(out, g, options);
  return out.str();
}

std::shared_ptr<const property_graph> read_text(const std::string& text) {
  std::istringstream in(text);
  io::read_options options;
  options.format = "opengraph";
  const auto r = io::read_inventory(in, "text", options);
  for (const auto& d : r.messages.items())
    if (d.level == severity::error) MESSAGE(to_string(d));
  REQUIRE(r.inventory);
  return r.inventory;
}

property_graph frozen(inventory_builder b) {
  diagnostics problems;
  auto g = std::move(b).freeze(problems);
  REQUIRE(g.has_value());
  return std::move(*g);
}

void check_round_trips(const property_graph& g) {
  for (const bool lines : {false, true})
    for (const bool bloodhound : {false, true}) {
      CAPTURE(lines);
      CAPTURE(bloodhound);
      const io::write_inventory_options options{lines, bloodhound};
      const auto text = written(g, options);
      if (lines && text.empty()) continue; // no line, no format to detect
      const auto back = read_text(text);
      CHECK(back->content_fingerprint() == g.content_fingerprint());
      CHECK(written(*back, options) == text);
    }
}

// Inventories of all that the format can say.
class random_inventory {
public:
  explicit random_inventory(unsigned seed) : random_(seed) {}

  property_graph make() {
    inventory_builder b;
    const auto n = 1 + pick(20);
    for (std::size_t i = 0; i < n; ++i) add_node(b, id(i));
    for (auto m = pick(60); m > 0; --m) add_edge(b, id(pick(n)), id(pick(n)), m);
    return frozen(std::move(b));
  }

private:
  std::size_t pick(std::size_t n) { return std::uniform_int_distribution<std::size_t>(0, n - 1)(random_); }

  static std::string id(std::size_t i) {
    const std::string number = std::to_string(i);
    switch (i % 5) {
    case 0: return "mcp:server/" + number;
    case 1: return "xc-" + number;
    case 2: return "\xf0\x9f\x92\xa9\xe2\x80\xae\x01\"\\" + number;
    default: return "plain" + number;
    }
  }

  scalar_view number() {
    switch (pick(4)) {
    case 0: return static_cast<std::int64_t>(random_()) - (std::int64_t{1} << 31);
    case 1: return std::numeric_limits<std::uint64_t>::max() - pick(3);
    case 2: return std::ldexp(static_cast<double>(random_()), static_cast<int>(pick(2000)) - 1060);
    default: return std::numeric_limits<std::int64_t>::min();
    }
  }

  value_view value(std::vector<scalar_view>& list) {
    static const std::vector<std::string> texts{
        "", "a", "\n\t\"\\/\xc2\x85\xe2\x80\xa8", "é", std::string(3000, 'y'), "\0"s};
    switch (pick(6)) {
    case 0: return pick(2) == 0;
    case 1:
    case 2: return to_value(number());
    case 3:
      for (auto k = pick(4); k > 0; --k) list.push_back(number());
      return std::span<const scalar_view>(list);
    case 4:
      for (auto k = pick(4); k > 0; --k) list.push_back(texts[pick(texts.size())]);
      return std::span<const scalar_view>(list);
    default: return texts[pick(texts.size())];
    }
  }

  // The names make some columns dense and most sparse.
  std::vector<property_view> properties() {
    static const std::vector<std::string> names{"zz",        "",  "a b", "crosscut", "crosscut_ie",
                                                "n\xc3\xb6", "p", "q",   "r"};
    std::vector<property_view> result;
    lists_.assign(names.size(), {});
    for (std::size_t i = 0; i < names.size(); ++i)
      if (pick(names.size()) >= i) result.push_back({names[i], value(lists_[i])});
    return result;
  }

  void add_node(inventory_builder& b, const std::string& name) {
    std::vector<std::string_view> kinds{"Tool", "Agent", "My Kind:", "\xc3\xa9"};
    std::ranges::shuffle(kinds, random_);
    kinds.resize(pick(5));
    b.add_node(name, kinds, properties());
  }

  void add_edge(inventory_builder& b, const std::string& from, const std::string& to,
                std::size_t number_of_edge) {
    auto with = properties();
    const auto key = "k" + std::to_string(number_of_edge);
    with.push_back({"key", key});
    if (pick(2)) with.push_back({"probability", 0.25});
    b.add_edge(pick(2) ? "Calls" : "x_1", from, to, with);
  }

  std::mt19937 random_;
  std::vector<std::vector<scalar_view>> lists_;
};

} // namespace

TEST_CASE("the two forms, byte for byte") {
  inventory_builder b;
  const std::vector<scalar_view> list{std::int64_t{1}, 2.5};
  b.add_node("b", std::vector<std::string_view>{"Tool", "X"},
             std::vector<property_view>{{"z", 1.0}, {"a", std::span(list)}, {"n", value_view{}}});
  b.add_node("a:1", {}, {});
  b.add_edge("Calls", "a:1", "b", std::vector<property_view>{{"probability", 0.5}});
  const auto g = frozen(std::move(b));
  const std::string
      a = R"({"id":"a:1","kinds":[],"properties":{}})",
      bb = R"({"id":"b","kinds":["Tool","X"],"properties":{"a":[1,2.5],"z":1.0}})",
      e = R"({"kind":"Calls","start":{"value":"a:1"},"end":{"value":"b"},"properties":{"probability":0.5}})";
  CHECK(written(g) == R"({"metadata":{"source_kind":"Crosscut"},"graph":{"nodes":[)"
                      "\n" +
                          a + ",\n" + bb + "\n],\"edges\":[\n" + e + "\n]}}\n");
  CHECK(written(g, {.lines = true}) == a + "\n" + bb + "\n" + e + "\n");
}

TEST_CASE("an empty graph") {
  const auto g = frozen({});
  CHECK(read_text(written(g))->content_fingerprint() == g.content_fingerprint());
  CHECK(written(g, {.lines = true}).empty());
}

TEST_CASE("only ids that BloodHound refuses are replaced, in nodes and ends alike") {
  inventory_builder b;
  b.add_node("plain", {}, {});
  b.add_node("with:colon", {}, std::vector<property_view>{{"a", true}, {"z", true}});
  b.add_node("xc-0123456789abcdef", {}, {});
  b.add_edge("E", "plain", "with:colon", {});
  const auto g = frozen(std::move(b));
  const auto text = written(g, {.lines = true, .bloodhound_ids = true});
  CHECK(text.find(R"("id":"plain")") != std::string::npos);
  CHECK(text.find(R"("id":"with:colon")") == std::string::npos);
  CHECK(text.find(R"("a":true,"crosscut_id":"with:colon","z":true)") != std::string::npos);
  CHECK(text.find(R"("crosscut_id":"xc-0123456789abcdef")") != std::string::npos);
  CHECK(text.find(R"("end":{"value":"xc-)") != std::string::npos);
  CHECK(written(g, {.lines = true}).find("crosscut_id") == std::string::npos);
  check_round_trips(g);
}

TEST_CASE("reading what was written gives the same content: hand-made inputs and samples") {
  std::size_t files = 0;
  for (const auto* folder :
       {CROSSCUT_TEST_DATA_DIR "/opengraph/valid", CROSSCUT_SAMPLES_DIR "/inventories"}) {
    if (!fs::is_directory(folder)) continue;
    for (const auto& entry : fs::recursive_directory_iterator(folder)) {
      const auto extension = entry.path().extension();
      if (!entry.is_regular_file() || (extension != ".json" && extension != ".jsonl")) continue;
      CAPTURE(entry.path().string());
      const std::vector<std::string> names{entry.path().string()};
      const auto r = io::read_inventory(names);
      REQUIRE(r.inventory);
      check_round_trips(*r.inventory);
      ++files;
    }
  }
  CHECK(files >= 9);
}

TEST_CASE("reading what was written gives the same content: random inventories") {
  for (unsigned seed = 0; seed < 300; ++seed) {
    CAPTURE(seed);
    check_round_trips(random_inventory(seed).make());
  }
}

TEST_CASE("every number comes back to the bit") {
  std::mt19937_64 random(5);
  std::vector<scalar_view> numbers{0.0, -0.0, 1e22, 1e21, 5e-324, std::numeric_limits<double>::max()};
  for (int i = 0; i < 2000; ++i)
    if (const auto d = std::bit_cast<double>(random()); std::isfinite(d)) numbers.emplace_back(d);
  inventory_builder b;
  b.add_node("n", {}, std::vector<property_view>{{"l", std::span(numbers)}});
  const auto back = read_text(written(frozen(std::move(b))));
  const auto list = std::get<std::span<const scalar_view>>(back->node_property(0, "l").value);
  REQUIRE(list.size() == numbers.size());
  for (std::size_t i = 0; i < list.size(); ++i)
    CHECK(std::bit_cast<std::uint64_t>(std::get<double>(list[i])) ==
          std::bit_cast<std::uint64_t>(std::get<double>(numbers[i])));
}

TEST_CASE("more text than the writer holds at a time") {
  inventory_builder b;
  for (int i = 0; i < 3000; ++i)
    b.add_node("node:" + std::to_string(i), std::vector<std::string_view>{"Agent"}, {});
  for (int i = 0; i < 3000; ++i)
    b.add_edge("DelegatesTo", "node:" + std::to_string(i), "node:" + std::to_string(i * 7 % 3000), {});
  check_round_trips(frozen(std::move(b)));
}
