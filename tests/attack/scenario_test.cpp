// The samples under the default catalogue: facts, steps and probabilities, worked out by hand in the
// comments.
#include "estate.hpp"
#include "worlds.hpp"

#include <crosscut/io/catalogue.hpp>
#include <crosscut/io/read.hpp>

#include <doctest/doctest.h>

#include <fstream>
#include <sstream>

using namespace estate_test;
using doctest::Approx;

namespace {

std::string sample_text(const std::string& name) {
  std::ifstream in(std::string(CROSSCUT_SAMPLES_DIR) + "/inventories/" + name + ".json");
  REQUIRE(in);
  return {std::istreambuf_iterator<char>(in), {}};
}

attack_graph compiled_text(const std::string& text, compile_options options = {}) {
  std::istringstream in(text);
  const auto read = io::read_inventory(in, "sample");
  for (const auto& m : read.messages.items()) FAIL(to_string(m)); // warnings too
  REQUIRE(read.inventory);
  diagnostics messages;
  auto g = compile(read.inventory, io::builtin_catalogue("maestro"), options, messages);
  REQUIRE(g);
  return std::move(*g);
}

attack_graph sample(const std::string& name, compile_options options = {}) {
  return compiled_text(sample_text(name), options);
}

double probability_of(const attack_graph& g, std::string_view node, std::string_view state) {
  const auto f = fact(g, node, state);
  REQUIRE(f != no_index);
  return estate_test::probability_of(g, g.entries(), f);
}

std::vector<double> proofs_of(const attack_graph& g, std::string_view node, std::string_view state) {
  const auto f = fact(g, node, state);
  REQUIRE(f != no_index);
  return estate_test::proofs_of(g, g.entries(), f);
}

double impact_of(const attack_graph& g, std::string_view node, std::string_view state) {
  for (const auto& t : g.targets())
    if (t.fact == fact(g, node, state)) return t.impact;
  return 0;
}

// Targets that something leads to. The others (a store's data destroyed, where nothing deletes) are listed
// with probability 0.
std::size_t targets_in_reach(const attack_graph& g) {
  std::size_t n = 0;
  for (const auto& t : g.targets()) n += estate_test::probability_of(g, g.entries(), t.fact) > 0;
  return n;
}

// The sample with more nodes and edges: text of JSON objects, put in front.
std::string with(std::string text, const std::string& nodes, const std::string& edges) {
  const auto insert = [&](const std::string& list, const std::string& more) {
    const auto at = text.find(list);
    REQUIRE(at != text.npos);
    text.insert(at + list.size(), more + ",");
  };
  insert("\"nodes\": [", nodes);
  insert("\"edges\": [", edges);
  return text;
}

std::string guarded(const std::string& name, const std::string& control, const std::string& at) {
  return with(sample_text(name),
              R"({"id": "control", "kinds": ["Control"], "properties": {"control": ")" + control +
                  R"(", "mode": "enforce"}})",
              R"({"kind": "Guards", "start": {"value": "control"}, "end": {"value": ")" + at +
                  R"("}, "properties": {}})");
}

} // namespace

TEST_CASE(
    "email summariser: a hidden instruction steers the tool call, at once or through the knowledge base") {
  const auto g = sample("email_summariser");
  CHECK(g.entries().size() == 1);
  CHECK(targets_in_reach(g) == 1);
  CHECK(impact_of(g, "open-ticket", "executed") == 6);
  // Read and obeyed, once given (0.31) and once retrieved (0.225 = 0.735 · 0.306); call and effect are sure.
  const auto proofs = proofs_of(g, "open-ticket", "executed");
  REQUIRE(proofs.size() == 2);
  CHECK(proofs[0] == Approx(0.31).epsilon(1e-12));
  CHECK(proofs[1] == Approx(0.225).epsilon(1e-12));
  // 1 − 0.69 · 0.775
  CHECK(probability_of(g, "open-ticket", "executed") == Approx(0.46525).epsilon(1e-12));
}

TEST_CASE("email summariser: the path at once has the steps that its story tells") {
  const auto g = sample("email_summariser");
  std::string story;
  for (const auto id :
       {"feed-injection", "taint-delivered", "retrieved-injection", "tool-invocation", "tool-effect"}) {
    const auto steps = steps_of(g, id);
    REQUIRE(steps.size() == 1);
    story += describe(g, steps[0]) + '\n';
  }
  CHECK(story == "mail:tainted -> summariser:hijacked 0.31 by feed-injection\n"
                 "mail:tainted -> knowledge-base:tainted 1 by taint-delivered\n"
                 "knowledge-base:tainted -> summariser:hijacked 0.225 by retrieved-injection\n"
                 "summariser:hijacked -> ticket-tool:invoked 1 by tool-invocation\n"
                 "ticket-tool:invoked -> open-ticket:executed 1 by tool-effect\n");
}

TEST_CASE("expense approval, carried: two paths, since whoever relays the claim can forge it") {
  const auto g = sample("expense_approval");
  CHECK(g.entries().size() == 1);
  CHECK(targets_in_reach(g) == 1);
  CHECK(impact_of(g, "payment", "executed") == 9);
  const auto proofs = proofs_of(g, "payment", "executed");
  REQUIRE(proofs.size() == 2);
  CHECK(proofs[0] == Approx(0.192).epsilon(1e-12));  // 0.3 · 0.8 · 0.8 · 1
  CHECK(proofs[1] == Approx(0.1536).epsilon(1e-12)); // 0.3 · 0.8 · 0.8 · 0.8 · 1
  // 0.3 · 0.8 · (1 − (1 − 0.8)(1 − 0.64))
  CHECK(probability_of(g, "payment", "executed") == Approx(0.22272).epsilon(1e-12));
}

TEST_CASE("expense approval, verified: the validator must be hijacked too, and shared steps count once") {
  const auto g = sample("expense_approval_verified");
  const auto effect = steps_of(g, "tool-effect");
  REQUIRE(effect.size() == 1);
  CHECK(describe(g, effect[0]) ==
        "pay-tool:invoked + validator:hijacked -> payment:executed 1 by tool-effect");
  const auto proofs = proofs_of(g, "payment", "executed");
  REQUIRE(proofs.size() == 2);
  CHECK(proofs[0] == Approx(0.1536).epsilon(1e-12)); // 0.3, both delegations of the coordinator, the call
  CHECK(proofs[1] == Approx(0.1536).epsilon(1e-12)); // 0.3, coordinator to validator to executor, the call
  // 0.3 · 0.8 (validator) · (1 − 0.2 · 0.2) (executor, either way) · 0.8
  CHECK(probability_of(g, "payment", "executed") == Approx(0.18432).epsilon(1e-12));
}

TEST_CASE("expense approval: everything is assessed, so worst and best agree") {
  for (const auto name : {"expense_approval", "expense_approval_verified"}) {
    const auto worst = sample(name), kindest = sample(name, best);
    CHECK(probability_of(worst, "payment", "executed") == probability_of(kindest, "payment", "executed"));
  }
}

TEST_CASE("refund desk: refunds and customer records are both in reach") {
  const auto g = sample("refund_desk");
  CHECK(targets_in_reach(g) == 2);
  CHECK(impact_of(g, "refund", "executed") == 8);
  CHECK(impact_of(g, "orders", "exfiltrated") == 7);
  // Hijacked by mail (0.31) or by a solved case (0.225): 1 − 0.69 · 0.775; the rest is sure.
  CHECK(probability_of(g, "refund", "executed") == Approx(0.46525).epsilon(1e-12));
  CHECK(probability_of(g, "orders", "exfiltrated") == Approx(0.46525).epsilon(1e-12));
}

TEST_CASE("refund desk: each of the three remedies lowers the risk") {
  const auto risk = [](const attack_graph& g) {
    return 8 * probability_of(g, "refund", "executed") + 7 * probability_of(g, "orders", "exfiltrated");
  };
  const double before = risk(sample("refund_desk"));
  CHECK(before == Approx(15 * 0.46525).epsilon(1e-12));
  // Approval of refunds: 0.93 of requests are approved; records leave as before.
  CHECK(risk(compiled_text(guarded("refund_desk", "human_approval", "refund"))) ==
        Approx((8 * 0.93 + 7) * 0.46525).epsilon(1e-12));
  // A filter on mail: 0.95 of what is given to the agent passes, and of what is filed among the cases.
  const double filtered = 1 - (1 - 0.31 * 0.95) * (1 - 0.225 * 0.95);
  CHECK(risk(compiled_text(guarded("refund_desk", "input_filter", "mail"))) ==
        Approx(15 * filtered).epsilon(1e-12));
  // Access rules on solved cases: 0.3 of what is retrieved there.
  const double restricted = 1 - (1 - 0.31) * (1 - 0.225 * 0.3);
  CHECK(risk(compiled_text(guarded("refund_desk", "retrieval_acl", "kb"))) ==
        Approx(15 * restricted).epsilon(1e-12));
}

TEST_CASE("refund desk: against an attacker who does not know it, the filter counts as measured") {
  const auto g = compiled_text(guarded("refund_desk", "input_filter", "mail"), against_static);
  CHECK(probability_of(g, "refund", "executed") ==
        Approx(1 - (1 - 0.31 * 0.17) * (1 - 0.225 * 0.17)).epsilon(1e-12));
}

// --- rules of the default catalogue that are easy to break

namespace {

attack_graph under_maestro(const estate& e, compile_options options = {}) {
  return compiled(e, io::builtin_catalogue("maestro"), options);
}

} // namespace

TEST_CASE("a person's verified approval is asked for and given, not a silent zero") {
  estate e;
  e.node("mail", "InputSource", R"({"trust": "untrusted", "session": "other"})")
      .node("x", "Agent")
      .node("tool", "Tool");
  e.node("pay", "Action", R"({"impact": 9})")
      .node("boss", "Person")
      .edge("Approves", "boss", "pay", R"({"claim": "verified"})");
  e.edge("Feeds", "mail", "x", R"({"probability": 0.5})")
      .edge("Calls", "x", "tool", R"({"probability": 1})")
      .edge("Performs", "tool", "pay");
  const auto g = under_maestro(e);
  CHECK(probability_of(g, "boss", "deceived") == Approx(0.5 * 0.93).epsilon(1e-12));
  CHECK(probability_of(g, "pay", "executed") == Approx(0.5 * 0.93).epsilon(1e-12)); // the feed counts once
}

TEST_CASE("whose session: the attacker's own gives prompted, another's or an unknown one hijacked") {
  estate e;
  e.node("own", "InputSource", R"({"trust": "untrusted", "session": "own"})")
      .node("x", "Agent")
      .edge("Feeds", "own", "x");
  e.node("unsaid", "InputSource", R"({"trust": "untrusted"})")
      .node("y", "Agent")
      .edge("Feeds", "unsaid", "y");
  const auto g = under_maestro(e);
  CHECK(steps_of(g, "own-session-prompt").size() == 1);
  REQUIRE(steps_of(g, "feed-injection").size() == 1);
  CHECK(describe(g, steps_of(g, "feed-injection")[0]) ==
        "unsaid:tainted -> y:hijacked 0.31 by feed-injection");
}

TEST_CASE("a user's own session does harm through the agent's rights") {
  estate e;
  e.node("chat", "InputSource", R"({"trust": "external", "session": "own"})")
      .node("x", "Agent")
      .node("tool", "Tool")
      .node("pay", "Action", R"({"impact": 9})");
  e.edge("Feeds", "chat", "x").edge("Calls", "x", "tool").edge("Performs", "tool", "pay");
  CHECK(probability_of(under_maestro(e), "pay", "executed") == Approx(0.84).epsilon(1e-12));
}

TEST_CASE("a known model has its own number, an unknown one the mean of all") {
  estate e;
  e.node("mail", "InputSource", R"({"trust": "untrusted", "session": "other"})")
      .node("x", "Agent")
      .node("y", "Agent");
  e.node("m", "Model", R"({"name": "gpt-4o-2024-05-13"})")
      .edge("Feeds", "mail", "x")
      .edge("Feeds", "mail", "y")
      .edge("Uses", "x", "m");
  const auto g = under_maestro(e);
  CHECK(probability_of(g, "x", "hijacked") == Approx(0.594).epsilon(1e-12)); // 329 of 554 reads
  CHECK(probability_of(g, "y", "hijacked") == Approx(0.31).epsilon(1e-12));
}

TEST_CASE("an approval on the tool counts once, whether a property or a control says it") {
  estate e;
  e.node("mail", "InputSource", R"({"trust": "untrusted", "session": "other"})")
      .node("x", "Agent")
      .node("pay", "Action", R"({"impact": 9})");
  e.node("asked", "Tool", R"({"approval": "always"})").node("gated", "Tool", R"({"approval": "never"})");
  e.node("gate", "Control", R"({"control": "human_approval", "mode": "enforce"})")
      .edge("Guards", "gate", "gated")
      .edge("Feeds", "mail", "x", R"({"probability": 1})");
  e.edge("Calls", "x", "asked")
      .edge("Calls", "x", "gated")
      .edge("Performs", "asked", "pay")
      .edge("Performs", "gated", "pay");
  const auto proofs = proofs_of(under_maestro(e), "pay", "executed");
  REQUIRE(proofs.size() == 2);
  CHECK(proofs[0] == Approx(0.93).epsilon(1e-12));
  CHECK(proofs[1] == Approx(0.93).epsilon(1e-12));
}

TEST_CASE(
    "an unpinned public package: its release controls the server, that its host and its literal secret") {
  estate e;
  e.node("client", "Agent")
      .node("server", "McpServer")
      .node("package", "Artifact", R"({"trust": "external"})");
  e.node("token", "Secret").node("desk", "Runtime");
  e.edge("Calls", "client", "server")
      .edge("BuiltFrom", "server", "package", R"({"pinned": false})")
      .edge("Holds", "server", "token", R"({"literal": true})");
  e.edge("RunsOn", "server", "desk").edge("RunsOn", "client", "desk");
  const auto g = under_maestro(e);
  REQUIRE(g.entries().size() == 1);
  CHECK(g.entries()[0] == entry{fact(g, "package", "controlled"), 0.02});
  CHECK(probability_of(g, "token", "stolen") == Approx(0.02).epsilon(1e-12));
  CHECK(probability_of(g, "desk", "controlled") == Approx(0.02 * 0.9).epsilon(1e-12));
  // Hijacked through what the server says (0.365), or as a program on its host (0.9 · 0.9): 1 − 0.635 · 0.19
  CHECK(probability_of(g, "client", "hijacked") == Approx(0.02 * (1 - 0.635 * 0.19)).epsilon(1e-12));
}

TEST_CASE("a pinned package is a tenth of the risk, never none") {
  estate e;
  e.node("server", "McpServer")
      .node("package", "Artifact", R"({"trust": "external"})")
      .edge("BuiltFrom", "server", "package", R"({"pinned": true})");
  CHECK(probability_of(under_maestro(e), "server", "controlled") == Approx(0.002).epsilon(1e-12));
}

TEST_CASE("a remote server that nobody vouches for may turn, a local one that says nothing is no entry") {
  estate e;
  e.node("far", "McpServer", R"({"network": "public"})")
      .node("near", "McpServer")
      .node("ours", "McpServer", R"({"network": "public", "trust": "internal"})");
  const auto g = under_maestro(e);
  REQUIRE(g.entries().size() == 1);
  CHECK(g.entries()[0] == entry{fact(g, "far", "controlled"), 0.02});
}

TEST_CASE("records leave through an agent that reads them and has a way out, and only then") {
  estate e;
  e.node("mail", "InputSource", R"({"trust": "untrusted", "session": "other"})")
      .node("x", "Agent")
      .node("crm", "DataStore", R"({"sensitivity": "restricted"})");
  e.node("notes", "DataStore", R"({"sensitivity": "public"})")
      .node("send", "Tool", R"({"capabilities": ["sends_external"]})")
      .node("count", "Tool", R"({"capabilities": ["writes"]})");
  e.edge("Feeds", "mail", "x", R"({"probability": 0.5})")
      .edge("Reads", "x", "crm")
      .edge("Reads", "x", "notes")
      .edge("Calls", "x", "count");
  CHECK(fact(under_maestro(e), "x", "leaking") != no_index);
  CHECK(fact(under_maestro(e), "x", "sending") !=
        no_index); // named by `exfiltration`, but no step concludes it
  const auto shut = under_maestro(e);
  CHECK(estate_test::probability_of(shut, shut.entries(), fact(shut, "crm", "exfiltrated")) == 0);
  e.edge("Calls", "x", "send");
  const auto open = under_maestro(e);
  CHECK(probability_of(open, "crm", "exfiltrated") == Approx(0.5).epsilon(1e-12));
  CHECK(fact(open, "notes", "exfiltrated") == no_index);
  CHECK(impact_of(open, "crm", "exfiltrated") == 9);
}

TEST_CASE("records leave through tools as well: one that looks them up, one that sends") {
  estate e;
  e.node("mail", "InputSource", R"({"trust": "untrusted", "session": "other"})").node("x", "Agent");
  e.node("crm", "DataStore", R"({"sensitivity": "confidential"})").node("idle", "Agent");
  e.node("look-up", "Tool", R"({"capabilities": ["reads_private"]})");
  e.node("send", "Tool", R"({"capabilities": ["sends_external"]})");
  e.edge("Feeds", "mail", "x", R"({"probability": 0.5})").edge("Reads", "look-up", "crm");
  e.edge("Calls", "x", "look-up").edge("Calls", "idle", "look-up").edge("Calls", "idle", "send");
  const auto shut = under_maestro(e); // the hijacked agent cannot send, the one that can is not hijacked
  CHECK(estate_test::probability_of(shut, shut.entries(), fact(shut, "crm", "exfiltrated")) == 0);
  e.edge("Calls", "x", "send");
  CHECK(probability_of(under_maestro(e), "crm", "exfiltrated") == Approx(0.5).epsilon(1e-12));
}

TEST_CASE("a tool that fetches what anyone may write is an entry, also where only its server is called") {
  estate e;
  e.node("fetch", "Tool", R"({"capabilities": ["ingests_untrusted", "network"]})").node("unsaid", "Tool");
  e.node("x", "Agent").node("y", "Agent").node("server", "McpServer");
  e.edge("Calls", "x", "fetch").edge("Provides", "server", "fetch").edge("Calls", "y", "server");
  const auto g = under_maestro(e);
  REQUIRE(g.entries().size() == 1);
  CHECK(g.entries()[0] == entry{fact(g, "fetch", "tainted"), 1});
  CHECK(probability_of(g, "x", "hijacked") == Approx(0.31).epsilon(1e-12));
  CHECK(probability_of(g, "y", "hijacked") == Approx(0.365).epsilon(1e-12));
}
