#include <crosscut/model/schema.hpp>

#include <algorithm>
#include <array>
#include <initializer_list>
#include <limits>
#include <string>

namespace crosscut {

namespace {

using names = std::span<const std::string_view>;
using namespace std::string_view_literals;

template <std::size_t N> using name_list = std::array<std::string_view, N>;

constexpr std::array layer_texts{""sv, "L1"sv, "L2"sv, "L3"sv, "L4"sv, "L5"sv, "L6"sv, "L7"sv};
constexpr std::array layer_names{""sv,
                                 "Foundation Models"sv,
                                 "Data Operations"sv,
                                 "Agent Frameworks"sv,
                                 "Deployment and Infrastructure"sv,
                                 "Evaluation and Observability"sv,
                                 "Security and Compliance"sv,
                                 "Agent Ecosystem"sv};

constexpr std::array<schema::node_kind, 17> node_kind_table{{
    {"Action", layer::l7},
    {"Agent", layer::l3},
    {"Artifact", layer::l4},
    {"Connector", layer::l2},
    {"Control", layer::l6},
    {"DataStore", layer::l2},
    {"Identity", layer::l6},
    {"InputSource", layer::l7},
    {"Instructions", layer::l3},
    {"McpServer", layer::l3},
    {"Memory", layer::l2},
    {"Model", layer::l1},
    {"Monitor", layer::l5},
    {"Person", layer::l7},
    {"Runtime", layer::l4},
    {"Secret", layer::l6},
    {"Tool", layer::l3},
}};

// Node kinds at the ends of edges (DESIGN 2.1).
constexpr name_list<2> agent_tool{"Agent", "Tool"};
constexpr name_list<1> agent{"Agent"}, tool{"Tool"}, action{"Action"}, identity{"Identity"}, secret{"Secret"},
    model{"Model"}, data_store{"DataStore"}, instructions{"Instructions"}, runtime{"Runtime"},
    artifact{"Artifact"}, control{"Control"}, monitor{"Monitor"};
constexpr name_list<3> feeds_from{"InputSource", "Connector", "Action"};
constexpr name_list<7> feeds_to{"Agent",     "Tool",        "DataStore", "Memory",
                                "Connector", "InputSource", "Artifact"};
constexpr name_list<5> reads_from{"Agent", "Tool", "Connector", "Model", "Person"};
constexpr name_list<5> reads_to{"DataStore", "Memory", "Connector", "InputSource", "Agent"};
constexpr name_list<4> writes_from{"Agent", "Tool", "Connector", "Identity"};
constexpr name_list<8> writes_to{"DataStore",    "Memory",   "Connector", "InputSource",
                                 "Instructions", "Artifact", "Monitor",   "Control"};
constexpr name_list<2> calls_to{"Tool", "McpServer"};
constexpr name_list<2> provides_from{"McpServer", "Connector"};
constexpr name_list<3> performs_from{"Tool", "Agent", "Person"};
constexpr name_list<3> approves_from{"Person", "Agent", "Control"};
constexpr name_list<2> approves_to{"Action", "Tool"};
constexpr name_list<5> runs_as_from{"Agent", "Tool", "McpServer", "Runtime", "Connector"};
constexpr name_list<2> can_access_from{"Identity", "Connector"};
constexpr name_list<2> not_accessed{"InputSource", "Person"};
constexpr name_list<4> runs_on_from{"Agent", "McpServer", "Tool", "Connector"};
constexpr name_list<6> built_from_from{"McpServer", "Tool", "Agent", "Instructions", "Model", "Runtime"};

constexpr std::array<schema::edge_kind, 21> edge_kind_table{{
    {"Approves", approves_from, approves_to, {}},
    {"Authenticates", secret, identity, {}},
    {"BuiltFrom", built_from_from, artifact, {}},
    {"Calls", agent_tool, calls_to, {}},
    {"CanAccess", can_access_from, {}, not_accessed},
    {"CanAssume", identity, identity, {}},
    {"DelegatesTo", agent, agent, {}},
    {"Feeds", feeds_from, feeds_to, {}},
    {"Guards", control, {}, {}},
    {"Holds", {}, secret, {}},
    {"Instructs", instructions, agent, {}},
    {"Monitors", monitor, {}, {}},
    {"Performs", performs_from, action, {}},
    {"Provides", provides_from, tool, {}},
    {"Reads", reads_from, reads_to, {}},
    {"RunsAs", runs_as_from, identity, {}},
    {"RunsOn", runs_on_from, runtime, {}},
    {"Shadows", tool, tool, {}},
    {"TrainedOn", model, data_store, {}},
    {"Uses", agent_tool, model, {}},
    {"Writes", writes_from, writes_to, {}},
}};

// Property vocabularies (DESIGN 2.2).
constexpr name_list<4> trust{"untrusted", "external", "partner", "internal"};
constexpr name_list<6> trust_on{"InputSource", "Connector", "Artifact", "McpServer", "Agent", "DataStore"};
constexpr name_list<2> session{"own", "other"};
constexpr name_list<1> input_source{"InputSource"};
constexpr name_list<3> name_space{"session", "actor", "shared"};
constexpr name_list<2> namespace_on{"Memory", "DataStore"};
constexpr name_list<4> sensitivity{"public", "internal", "confidential", "restricted"};
constexpr name_list<3> sensitivity_on{"DataStore", "Memory", "Secret"};
constexpr name_list<8> effect{"egress",   "money",  "delete",  "execute_code",
                              "identity", "config", "publish", "other"};
constexpr name_list<3> autonomy{"suggest", "supervised", "autonomous"};
constexpr name_list<11> capabilities{"ingests_untrusted", "reads_private", "writes",      "deletes",
                                     "sends_external",    "executes_code", "moves_money", "changes_identity",
                                     "changes_config",    "reads_secret",  "network"};
constexpr name_list<2> capabilities_on{"Tool", "McpServer"};
constexpr name_list<3> approval{"always", "some", "never"};
constexpr name_list<2> approval_on{"Tool", "Calls"};
constexpr name_list<2> passthrough_on{"McpServer", "Connector"};
constexpr name_list<4> authenticated_on{"Agent", "McpServer", "Runtime", "Connector"};
constexpr name_list<3> network{"public", "private", "sandbox"};
constexpr name_list<3> pinned_on{"Artifact", "McpServer", "BuiltFrom"};
constexpr name_list<4> signed_on{"Artifact", "McpServer", "BuiltFrom", "Agent"};
constexpr name_list<2> scopes_on{"Identity", "CanAccess"};
constexpr name_list<7> layers{"L1", "L2", "L3", "L4", "L5", "L6", "L7"};
constexpr name_list<3> mode{"enforce", "log", "unknown"};
constexpr name_list<2> claim{"carried", "verified"};
constexpr name_list<1> approves{"Approves"}, runs_as{"RunsAs"}, can_access{"CanAccess"}, holds{"Holds"};
constexpr name_list<2> delegation{"own", "on_behalf_of"};
constexpr name_list<4> access{"read", "write", "execute", "admin"};
constexpr name_list<2> returns_on{"Calls", "DelegatesTo"};
constexpr name_list<2> end_names{"source", "target"};
constexpr name_list<1> guards{"Guards"};
constexpr double unbounded = std::numeric_limits<double>::max();

using enum schema::value_type;
constexpr std::array<schema::property, 33> property_table{{
    {"access", can_access, choice, access},
    {"approval", approval_on, choice, approval},
    {"audience_bound", secret, boolean, {}},
    {"authenticated", authenticated_on, boolean, {}},
    {"autonomy", agent, choice, autonomy},
    {"capabilities", capabilities_on, choice_list, capabilities},
    {"claim", approves, choice, claim},
    {"collected", {}, boolean, {}},
    {"control", control, text, {}},
    {"cut_cost", {}, number, {}, 0, unbounded},
    {"delegation", runs_as, choice, delegation},
    {"effect", action, choice, effect},
    {"end", guards, choice, end_names},
    {"impact", {}, number, {}, 0, 10},
    {"instruction_length", agent, number, {}, 0, unbounded},
    {"layer", {}, choice, layers},
    {"literal", holds, boolean, {}},
    {"loop_limit", agent, number, {}, 0, unbounded},
    {"mode", control, choice, mode},
    {"namespace", namespace_on, choice, name_space},
    {"network", authenticated_on, choice, network},
    {"observed", {}, number, {}, 0, unbounded},
    {"passthrough", passthrough_on, boolean, {}},
    {"pinned", pinned_on, boolean, {}},
    {"probability", {}, number, {}, 0, 1},
    {"remote", agent, boolean, {}},
    {"returns", returns_on, boolean, {}},
    {"scopes", scopes_on, text_list, {}},
    {"scopes_needed", tool, text_list, {}},
    {"sensitivity", sensitivity_on, choice, sensitivity},
    {"session", input_source, choice, session},
    {"signed", signed_on, boolean, {}},
    {"trust", trust_on, choice, trust},
}};

static_assert(std::ranges::is_sorted(node_kind_table, {}, &schema::node_kind::name));
static_assert(std::ranges::is_sorted(edge_kind_table, {}, &schema::edge_kind::name));
static_assert(std::ranges::is_sorted(property_table, {}, &schema::property::name));

bool contains(names list, std::string_view name) noexcept {
  return std::ranges::find(list, name) != list.end();
}

template <class Table> auto find_by_name(const Table& table, std::string_view name) noexcept {
  const auto found = std::ranges::lower_bound(table, name, {}, &Table::value_type::name);
  return found != table.end() && found->name == name ? &*found : nullptr;
}

bool is_text(const scalar_view& v) noexcept { return std::holds_alternative<std::string_view>(v); }

bool is_choice(names choices, const scalar_view& v) noexcept {
  return is_text(v) && contains(choices, std::get<std::string_view>(v));
}

// A list property may hold one scalar instead of a list of one.
template <class Predicate> bool every_element(const value_view& v, Predicate holds_for) noexcept {
  if (const auto* list = std::get_if<std::span<const scalar_view>>(&v))
    return std::ranges::all_of(*list, holds_for);
  const auto s = to_scalar(v);
  return s && holds_for(*s);
}

std::string joined(names list) {
  std::string text;
  for (const auto name : list) text += (text.empty() ? "" : ", ") + std::string(name);
  return text;
}

} // namespace

std::string_view to_string(layer l) noexcept { return layer_texts[static_cast<std::size_t>(l)]; }
std::string_view layer_name(layer l) noexcept { return layer_names[static_cast<std::size_t>(l)]; }

layer parse_layer(std::string_view text) noexcept {
  const auto found = std::ranges::find(layer_texts, text);
  return found == layer_texts.end() ? layer::none : static_cast<layer>(found - layer_texts.begin());
}

namespace schema {

std::span<const node_kind> node_kinds() noexcept { return node_kind_table; }
std::span<const edge_kind> edge_kinds() noexcept { return edge_kind_table; }
std::span<const property> properties() noexcept { return property_table; }

const node_kind* find_node_kind(std::string_view name) noexcept {
  return find_by_name(node_kind_table, name);
}

const edge_kind* find_edge_kind(std::string_view name) noexcept {
  return find_by_name(edge_kind_table, name);
}

const property* find_property(std::string_view name, std::string_view kind) noexcept {
  const auto* rule = find_by_name(property_table, name);
  return rule && (rule->on.empty() || contains(rule->on, kind)) ? rule : nullptr;
}

bool in_vocabulary(const property& rule, const value_view& v) noexcept {
  switch (rule.type) {
  case choice: {
    const auto s = to_scalar(v);
    return s && is_choice(rule.choices, *s);
  }
  case number: {
    const auto n = as_number(v);
    return n && *n >= rule.low && *n <= rule.high;
  }
  case boolean: return as_bool(v).has_value();
  case text: return as_text(v).has_value();
  case choice_list: return every_element(v, [&](const scalar_view& s) { return is_choice(rule.choices, s); });
  case text_list: return every_element(v, is_text);
  case any: return true;
  }
  return true;
}

std::string describe(const property& rule) {
  switch (rule.type) {
  case choice: return "one of " + joined(rule.choices);
  case choice_list: return "a list of " + joined(rule.choices);
  case number:
    return rule.high == unbounded ? "a number of at least " + to_text(rule.low)
                                  : "a number from " + to_text(rule.low) + " to " + to_text(rule.high);
  case boolean: return "true or false";
  case text: return "a string";
  case text_list: return "a list of strings";
  case any: break;
  }
  return "any value";
}

bool allows(std::string_view edge, std::string_view from, std::string_view to) noexcept {
  const auto* rule = find_edge_kind(edge);
  if (!rule) return true;
  const auto fits = [](names legal, std::string_view kind) { return legal.empty() || contains(legal, kind); };
  return fits(rule->from, from) && fits(rule->to, to) && !contains(rule->not_to, to);
}

} // namespace schema
} // namespace crosscut
