// What each real file gives: of the copies in tests/data always, of the whole collection where
// CROSSCUT_SHARED_DATA names its folder.
#include "mcp_helpers.hpp"

#include <doctest/doctest.h>

#include <cstdlib>
#include <filesystem>
#include <map>
#include <set>

using namespace crosscut;
namespace fs = std::filesystem;

namespace {

struct outcome {
  std::string format;
  index_t servers = 0, called = 0, literal_secrets = 0, references = 0, artifacts = 0, tools = 0;
  std::string problem; // the first message's code and pointer
};

// Counted by hand in the files.
const std::map<std::string, outcome> expected = {
    {"amazon_q.json", {"mcp-config", 2, 2, 0, 0, 1, 0, ""}},
    {"augment_settings.json", {"mcp-config", 2, 2, 1, 0, 1, 0, ""}},
    {"augment_settings_nested.json", {"mcp-config", 1, 1, 0, 0, 1, 0, ""}},
    {"claude_code.json", {"mcp-config", 2, 2, 2, 0, 1, 0, ""}},
    {"claude_desktop.json", {"mcp-config", 2, 2, 1, 0, 1, 0, ""}},
    {"cline_mcp_settings.json", {"mcp-config", 2, 2, 0, 0, 1, 3, ""}},
    {"cursor.json", {"mcp-config", 3, 2, 2, 0, 2, 0, "mcp-config-disabled /mcpServers/github-mcp"}},
    {"first_run_cursor_mcp.json", {"mcp-config", 2, 2, 0, 3, 2, 0, ""}},
    {"jetbrains.json", {"mcp-config", 2, 2, 1, 0, 1, 0, ""}},
    {"kiro.json", {"mcp-config", 2, 2, 0, 0, 1, 0, ""}},
    {"scan_configs_files__all_config.json", {"mcp-config", 2, 2, 0, 0, 2, 0, ""}},
    {"scan_configs_files__math_config.json", {"mcp-config", 1, 1, 0, 0, 1, 0, ""}},
    {"scan_configs_files__multiple_transport.json", {"mcp-config", 2, 2, 0, 0, 0, 0, ""}},
    {"scan_configs_files__sbb_config.json", {"mcp-config", 1, 1, 0, 0, 1, 0, ""}},
    {"scan_configs_files__vs_code_settings_file_with_empty_mcp.json",
     {"mcp-config", 0, 0, 0, 0, 0, 0, "mcp-config-empty "}},
    {"scan_configs_files__vs_code_settings_file_without_mcp.json",
     {"mcp-config", 0, 0, 0, 0, 0, 0, "mcp-config-empty "}},
    {"scan_configs_files__weather_config.json", {"mcp-config", 1, 1, 0, 0, 1, 0, ""}},
    {"scan_signatures__math_server_signature.json", {"tools-list", 1, 0, 0, 0, 0, 5, ""}},
    {"scan_signatures__weather_server_signature.json", {"tools-list", 1, 0, 0, 0, 0, 1, ""}},
    {"scan_test_client__mcp.json", {"mcp-config", 4, 4, 0, 0, 3, 0, ""}},
    {"scan_test_client_invalid__mcp.json", {"mcp-config", 0, 0, 0, 0, 0, 0, "mcp-config-type /mcp"}},
    {"tools_list_2026-07-28.json", {"tools-list", 1, 0, 0, 0, 0, 1, "tools-list-page "}},
    {"vscode_settings.json", {"mcp-config", 2, 2, 0, 0, 1, 0, ""}},
    {"vscode_settings_dotted.json", {"mcp-config", 2, 2, 0, 0, 1, 0, ""}},
    {"windsurf.json", {"mcp-config", 2, 2, 0, 0, 1, 0, ""}},
    {"zed_settings.json", {"mcp-config", 2, 2, 0, 0, 1, 0, ""}},
};

bool is_kind(const property_graph& g, index_t v, std::string_view kind) {
  return g.kind_name(g.primary_kind(v)) == kind;
}

outcome outcome_of(const io::read_result& r) {
  outcome o;
  o.format = r.files.front().format;
  if (!r.messages.items().empty())
    o.problem = r.messages.items().front().code + " " + r.messages.items().front().pointer;
  if (!r.inventory) return o;
  const auto& g = *r.inventory;
  o.servers = test::count_kind(g, "McpServer");
  o.artifacts = test::count_kind(g, "Artifact");
  o.tools = test::count_kind(g, "Tool");
  for (index_t e = 0; e < g.edge_count(); ++e) {
    const auto kind = g.kind_name(g.edge_kind(e));
    o.called += kind == "Calls" && is_kind(g, g.target(e), "McpServer");
    if (kind == "Holds")
      ++(as_bool(g.edge_property(e, "literal").value) == true ? o.literal_secrets : o.references);
  }
  return o;
}

std::set<std::string> check_folder(const fs::path& folder) {
  std::set<std::string> seen;
  for (const auto& entry : fs::directory_iterator(folder)) {
    const auto name = entry.path().filename().string();
    if (entry.path().extension() != ".json") continue;
    CAPTURE(name);
    const auto found = expected.find(name);
    REQUIRE(found != expected.end());
    const auto r = io::read_inventory(std::vector{entry.path().string()});
    const auto o = outcome_of(r);
    CHECK(o.format == found->second.format);
    CHECK(o.servers == found->second.servers);
    CHECK(o.called == found->second.called);
    CHECK(o.literal_secrets == found->second.literal_secrets);
    CHECK(o.references == found->second.references);
    CHECK(o.artifacts == found->second.artifacts);
    CHECK(o.tools == found->second.tools);
    CHECK(o.problem == found->second.problem);
    for (const auto* value :
         {"sk-test-12345", "dev-secret", "xoxb-fake-token", "BSAxxxx", "ghp_", "aug_xxxx"})
      CHECK(test::everything(r).find(value) == std::string::npos);
    seen.insert(name);
  }
  return seen;
}

} // namespace

TEST_CASE("the copies of real files") {
  // One file of the collection has another licence, and no copy here.
  CHECK(check_folder(fs::path(CROSSCUT_TEST_DATA_DIR) / "mcp" / "real").size() == expected.size() - 1);
}

TEST_CASE("the whole collection of real files") {
  const char* folder = std::getenv("CROSSCUT_SHARED_DATA");
  if (!folder) {
    MESSAGE("skipped: CROSSCUT_SHARED_DATA is not set");
    return;
  }
  auto seen = check_folder(fs::path(folder) / "mcp_configs");
  seen.merge(check_folder(fs::path(folder) / "mcp_tools"));
  CHECK(seen.size() == expected.size());
}

TEST_CASE("real files together: one workstation with many clients") {
  std::vector<std::string> files;
  for (const auto* name :
       {"claude_desktop.json", "cline_mcp_settings.json", "cursor.json",
        "scan_configs_files__all_config.json", "scan_configs_files__math_config.json", "zed_settings.json"})
    files.push_back((fs::path(CROSSCUT_TEST_DATA_DIR) / "mcp" / "real" / name).string());
  const auto r = io::read_inventory(files);
  CHECK(test::problems_of(r.messages).size() == 1); // a disabled server
  REQUIRE(r.inventory);
  CHECK(test::count_kind(*r.inventory, "Agent") == 6);
  // 2 + 2 + 3 + 2 + 1 + 2, of which the Math server is in two files.
  CHECK(test::count_kind(*r.inventory, "McpServer") == 11);
  CHECK(test::count_kind(*r.inventory, "Runtime") == 1);
}
