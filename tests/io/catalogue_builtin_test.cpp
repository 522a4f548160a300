#include <crosscut/io/catalogue.hpp>

#include <doctest/doctest.h>

#include <algorithm>
#include <cctype>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <set>
#include <sstream>
#include <string>

using namespace crosscut;

namespace {

std::set<std::string> atlas_ids() {
  std::ifstream in(std::string(CROSSCUT_TEST_DATA_DIR) + "/atlas/ids.txt");
  REQUIRE(in);
  std::set<std::string> ids;
  for (std::string line; std::getline(in, line);) ids.insert(line.substr(0, line.find(' ')));
  return ids;
}

std::vector<std::string> atlas_ids_of(const catalogue& c) {
  std::vector<std::string> ids;
  for (const auto& t : c.techniques) ids.insert(ids.end(), t.atlas.begin(), t.atlas.end());
  for (const auto& k : c.controls) ids.push_back(k.mitigation);
  return ids;
}

const catalogue& maestro() {
  const auto c = io::builtin_catalogue("maestro");
  REQUIRE(c);
  return *c; // kept alive by the library
}

bool is_one_of(std::string_view id, std::string_view prefix, int last, std::size_t digits) {
  if (!id.starts_with(prefix)) return false;
  const auto number = std::string(id.substr(prefix.size()));
  if (number.empty() || (digits != 0 && number.size() != digits) ||
      !std::ranges::all_of(number, [](unsigned char ch) { return std::isdigit(ch) != 0; }))
    return false;
  return std::stoi(number) >= 1 && std::stoi(number) <= last;
}

} // namespace

TEST_CASE("two catalogues are built in, and nothing is wrong with either") {
  const auto names = io::builtin_catalogue_names();
  CHECK(std::vector(names.begin(), names.end()) == std::vector<std::string_view>{"generic", "maestro"});
  for (const auto name : names) {
    diagnostics messages;
    const auto c = io::read_catalogue(io::builtin_catalogue_text(name), std::string(name), messages);
    REQUIRE(c);
    CHECK(c->name == name);
    for (const auto& m : messages.items())
      FAIL_CHECK(to_string(m)); // no warning either: kinds, values, proofs
    CHECK(io::builtin_catalogue(name)->techniques.size() == c->techniques.size());
  }
}

TEST_CASE("there is none of another name") {
  CHECK_FALSE(io::builtin_catalogue("Maestro"));
  CHECK(io::builtin_catalogue_text("").empty());
}

TEST_CASE("a built-in catalogue is shared") {
  CHECK(io::builtin_catalogue("maestro") == io::builtin_catalogue("maestro"));
}

TEST_CASE("what is written is read back as it was") {
  for (const auto name : io::builtin_catalogue_names()) {
    const auto text = io::write_catalogue(*io::builtin_catalogue(name));
    diagnostics messages;
    const auto again = io::read_catalogue(text, "again", messages);
    REQUIRE(again);
    CHECK(messages.items().empty());
    CHECK(io::write_catalogue(*again) == text);
    CHECK(again->techniques.size() == io::builtin_catalogue(name)->techniques.size());
  }
}

TEST_CASE("what is written has the same rare values, as often") {
  const auto words = [](std::string_view text) {
    std::multiset<std::string> found;
    std::string word;
    for (const char ch : text) {
      const bool part = std::isalnum(static_cast<unsigned char>(ch)) != 0 || ch == '.' || ch == '-' ||
                        ch == '@' || ch == '_';
      if (part)
        word += ch;
      else if (!word.empty())
        found.insert(word), word.clear();
    }
    return found;
  };
  const auto before = words(io::builtin_catalogue_text("maestro")),
             after = words(io::write_catalogue(maestro()));
  for (const auto* rare : {"0.594", "0.0032", "0.735", "requested", "audience_bound", "executes_code",
                           "information_flow_policy", "differs", "AML.T0105"})
    CHECK(before.count(rare) == after.count(rare));
}

TEST_CASE("generic: every edge is a step") {
  const auto c = io::builtin_catalogue("generic");
  REQUIRE(c->techniques.size() == 1);
  CHECK(c->states == std::vector<std::string>{"controlled"});
  CHECK(c->techniques[0].edge == "*");
  CHECK(c->techniques[0].probability.property == "probability");
  CHECK(c->techniques[0].probability.otherwise.value == 1);
  CHECK(c->entries.empty());
  CHECK(c->targets.empty());
}

TEST_CASE("maestro: every number says where it comes from, and every uncertain one how far it may be off") {
  const auto check = [](const estimate& e, const std::string& where) {
    CAPTURE(where);
    CHECK_FALSE(e.basis.empty());
    CHECK((e.value == 1 || (e.low && e.high)));
    CHECK((e.value == 1 || *e.low < *e.high));
    CHECK(e.value > 0); // never silently 0
  };
  for (const auto& t : maestro().techniques) {
    check(t.probability.otherwise, t.id);
    for (const auto& row : t.probability.by) check(row.p, t.id);
  }
  for (const auto& e : maestro().entries) check({e.probability, e.low, e.high, e.basis}, "entry " + e.state);
  for (const auto& k : maestro().controls) {
    CHECK_FALSE(k.basis.empty());
    CHECK_FALSE(k.name.empty());
    CHECK(k.static_effect > 0);
    CHECK(k.static_effect <= k.adaptive_effect); // knowing a defence does not make an attack worse
  }
}

TEST_CASE("maestro: what a reader of a path needs is there") {
  for (const auto& t : maestro().techniques) {
    CAPTURE(t.id);
    CHECK_FALSE(t.name.empty());
    CHECK_FALSE(t.maestro.empty());
    CHECK_FALSE(t.owasp.empty());
    if (t.edge.empty()) {
      CHECK(t.sentence.find("{node}") != std::string::npos);
    } else {
      CHECK(t.sentence.find("{source}") != std::string::npos);
      CHECK(t.sentence.find("{target}") != std::string::npos);
      CHECK(t.probability.property == "probability"); // an inventory's own number wins everywhere
    }
  }
}

TEST_CASE("maestro: every state can be entered and matters to something") {
  std::set<std::string> made, used;
  for (const auto& e : maestro().entries) made.insert(e.state);
  for (const auto& g : maestro().targets) used.insert(g.state);
  for (const auto& t : maestro().techniques) {
    made.insert(t.to.state);
    for (const auto& f : t.from) used.insert(f.state);
    for (const auto& d : t.all) used.insert(d.state);
  }
  const std::set<std::string> states(maestro().states.begin(), maestro().states.end());
  CHECK(made == states);
  used.insert("bypassed"); // used by controls themselves
  CHECK(used == states);
}

TEST_CASE("maestro: every control weakens a technique, and every fix is for one") {
  std::set<std::string> listed;
  for (const auto& t : maestro().techniques) listed.insert(t.controls.begin(), t.controls.end());
  for (const auto& k : maestro().controls) CHECK_MESSAGE(listed.contains(k.kind), k.kind);
  for (const auto& f : maestro().fixes) {
    CAPTURE(f.id);
    CHECK_FALSE(f.name.empty());
    CHECK(f.cost > 0);
    if (f.op != fix_rule::operation::add_control) continue;
    for (const auto& id : f.for_techniques) {
      const auto& controls = maestro().find_technique(id)->controls;
      CHECK_MESSAGE(std::ranges::find(controls, f.control) != controls.end(),
                    id); // else the fix would do nothing
    }
  }
}

TEST_CASE("maestro: identifiers exist") {
  const auto known = atlas_ids();
  CHECK(known.size() == 205); // 170 techniques, 35 mitigations of ATLAS 5.6.0
  for (const auto& id : atlas_ids_of(maestro())) CHECK_MESSAGE(known.contains(id), id);
  for (const auto& t : maestro().techniques) {
    for (const auto& id : t.owasp)
      CHECK_MESSAGE((is_one_of(id, "ASI", 10, 2) || is_one_of(id, "LLM", 10, 2)), id);
    for (const auto& id : t.maestro) CHECK_MESSAGE(is_one_of(id, "T", 17, 0), id);
  }
}

TEST_CASE("maestro: identifiers exist in the reference copy of ATLAS") {
  const char* shared = std::getenv("CROSSCUT_SHARED_DATA");
  if (!shared) return;
  std::ifstream in(std::string(shared) + "/atlas/atlas.json");
  REQUIRE(in);
  const std::string text{std::istreambuf_iterator<char>(in), {}};
  for (const auto& id : atlas_ids_of(maestro())) CHECK_MESSAGE(text.find('"' + id + '"') != text.npos, id);
  for (const auto& id : atlas_ids()) CHECK_MESSAGE(text.find('"' + id + '"') != text.npos, id);
}
