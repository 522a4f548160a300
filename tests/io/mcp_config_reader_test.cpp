#include "mcp_helpers.hpp"

#include <doctest/doctest.h>

#include <ctime>
#include <set>

using namespace crosscut;
using namespace crosscut::test;

namespace {

std::shared_ptr<const property_graph> graph_of(const std::string& text,
                                               const std::string& name = "mcp.json") {
  const auto r = read_text(text, name);
  for (const auto& d : r.messages.items()) INFO(to_string(d));
  REQUIRE(r.inventory);
  return r.inventory;
}

lines problems(const std::string& text, const std::string& format = {}) {
  return problems_of(read_text(text, "mcp.json", format).messages);
}

std::string client_of(const std::string& text, const std::string& name = "settings.json") {
  const auto g = graph_of(text, name);
  for (index_t v = 0; v < g->node_count(); ++v)
    if (g->kind_name(g->primary_kind(v)) == "Agent") return std::string(g->display_name(v));
  return {};
}

bool contains(const lines& all, const std::string& line) { return std::ranges::find(all, line) != all.end(); }

json::node parsed(const std::string& text) {
  diagnostics d;
  const auto n = json::parse_document(text, {}, d);
  REQUIRE(n);
  return *n;
}

} // namespace

TEST_CASE("a local and a remote server, worked out by hand") {
  const auto g = graph_of(R"({"mcpServers": {
    "files": {"command": "npx", "args": ["-y", "@scope/fs@1.2.3", "/data"], "env": {"API_KEY": "sk-test-12345", "NODE_ENV": "x"}},
    "remote": {"type": "sse", "url": "https://mcp.example.com/api", "headers": {"Authorization": "Bearer sk-test-12345"}}}})");
  CHECK(
      nodes_of(*g) ==
      lines{
          R"(artifact/npm/@scope/fs@1.2.3 Artifact basis="inferred:public-registry" ecosystem="npm" name="@scope/fs" pinned=true trust="external" version="1.2.3")",
          R"(mcp-client/mcp.json Agent basis="inferred:client-configuration" name="mcp.json")",
          R"(mcp/@scope/fs# McpServer basis="declared" command="npx" name="files" package="@scope/fs" pinned=true transport="stdio" version="1.2.3")",
          R"(mcp/mcp.example.com/api# McpServer authenticated=true authenticated_basis="inferred:client-credential" basis="declared" name="remote" network="public" network_basis="inferred:url-host" transport="sse" url="https://mcp.example.com/api")",
          R"(runtime/local Runtime basis="inferred:stdio" name="this workstation")",
          R"(secret/a47d1a5af441868b Secret basis="inferred:secret-form" name="API_KEY")"});
  CHECK(
      edges_of(*g) ==
      lines{
          R"(mcp-client/mcp.json -Calls-> mcp/@scope/fs# basis="declared" configured_as=["files"])",
          R"(mcp-client/mcp.json -Calls-> mcp/mcp.example.com/api# basis="declared" configured_as=["remote"])",
          R"(mcp-client/mcp.json -RunsOn-> runtime/local basis="inferred:stdio")",
          R"(mcp/@scope/fs# -BuiltFrom-> artifact/npm/@scope/fs@1.2.3 basis="inferred:command-line" pinned=true)",
          R"(mcp/@scope/fs# -Holds-> secret/a47d1a5af441868b basis="declared" key="API_KEY" literal=true)",
          R"(mcp/@scope/fs# -RunsOn-> runtime/local basis="inferred:stdio")",
          R"(mcp/mcp.example.com/api# -Holds-> secret/a47d1a5af441868b basis="declared" key="Authorization" literal=true)"});
}

TEST_CASE("the shapes that clients have") {
  const std::string server = R"({"S": {"command": "my-server"}})";
  const std::pair<std::string, std::string> shapes[] = {
      {R"({"mcpServers": )" + server + "}", "settings.json"},
      {R"({"projects": {"/p": {"mcpServers": )" + server + "}}}", "Claude Code"},
      {R"({"inputs": [], "servers": )" + server + "}", "VS Code"},
      {R"({"servers": )" + server + "}", "VS Code"},
      {R"({"mcp": {"servers": )" + server + "}}", "VS Code"},
      {R"({"mcp.servers": )" + server + "}", "VS Code"},
      {R"({"mcp": {"S": {"type": "local", "command": ["my-server"], "enabled": true}}})", "opencode"},
      {R"({"context_servers": )" + server + "}", "Zed"},
      {R"({"context_servers": {"S": {"command": {"path": "my-server", "args": []}}}})", "Zed"},
      {R"({"augment.advanced": {"mcpServers": )" + server + "}}", "Augment"},
      {R"({"augment": {"advanced": {"mcpServers": )" + server + "}}}", "Augment"},
      {server, "settings.json"},
      {R"({"$schema": "x", "S": {"command": "my-server"}})", "settings.json"},
      {"{\"mcpServers\": /* of mine */ " + server + ", // and no more\n}", "settings.json"},
  };
  for (const auto& [text, client] : shapes) {
    CAPTURE(text);
    CHECK(client_of(text) == client);
    const auto g = graph_of(text);
    CHECK(
        nodes_of(*g, "McpServer") ==
        lines{
            R"(mcp/my-server# McpServer basis="declared" command="my-server" name="S" package="my-server" transport="stdio")"});
  }
}

TEST_CASE("the client by its file's name") {
  const std::string text = R"({"mcpServers": {"S": {"command": "x"}}})";
  CHECK(client_of(text, "claude_desktop_config.json") == "Claude Desktop");
  CHECK(client_of(text, ".claude.json") == "Claude Code");
  CHECK(client_of(text, "repo/.cursor/mcp.json") == "Cursor");
  CHECK(client_of(text, "cursor-fan/repo/mcp.json") == "mcp.json");
  CHECK(client_of(text, "authorized.json") == "authorized.json"); // no Zed in it
}

TEST_CASE("addresses and transports") {
  const auto g = graph_of(R"({"mcpServers": {
    "gemini": {"httpUrl": "http://10.0.0.7:9000/mcp"},
    "windsurf": {"serverUrl": "https://a.example.com/x"},
    "streams": {"type": "streamable-http", "url": "http://localhost/x"},
    "bridge": {"command": "npx", "args": ["mcp-remote", "https://b.example.com/sse?token=abc"]},
    "prompted": {"url": "${input:address}"}}})");
  const auto servers = nodes_of(*g, "McpServer");
  CHECK(contains(
      servers,
      R"(mcp/10.0.0.7-9000/mcp# McpServer basis="declared" name="gemini" network="private" network_basis="inferred:url-host" transport="http" url="http://10.0.0.7:9000/mcp")"));
  CHECK(contains(
      servers,
      R"(mcp/a.example.com/x# McpServer basis="declared" name="windsurf" network="public" network_basis="inferred:url-host" url="https://a.example.com/x")"));
  CHECK(contains(
      servers,
      R"(mcp/localhost/x# McpServer basis="declared" name="streams" network="private" network_basis="inferred:url-host" transport="http" url="http://localhost/x")"));
  CHECK(contains(
      servers,
      R"(mcp/mcp-remote# McpServer basis="declared" command="npx" name="bridge" network="public" network_basis="inferred:bridge" package="mcp-remote" pinned=false transport="stdio" url="https://b.example.com/sse")"));
  CHECK(contains(servers, R"(mcp/remote# McpServer basis="declared" name="prompted")"));
}

TEST_CASE("a server is what it runs, not what it is called") {
  const auto servers = [](const std::string& a, const std::string& b) {
    return count_kind(*graph_of(R"({"mcpServers": {"a": )" + a + R"(, "b": )" + b + "}}"), "McpServer");
  };
  const std::string fs = R"({"command": "npx", "args": ["-y", "fs", "/data"]})";
  CHECK(servers(fs, R"({"command": "npx -y fs", "args": ["/data"]})") == 1);
  CHECK(servers(fs, R"({"command": "bunx", "args": ["fs", "/data"]})") == 1);
  CHECK(servers(fs, R"({"command": "npx", "args": ["-y", "fs", "/other"]})") == 2);
  CHECK(servers(fs, R"({"command": "npx", "args": ["-y", "fs@1.0.0", "/data"]})") == 2);
  CHECK(servers(fs, R"({"command": "uvx", "args": ["fs", "/data"]})") == 2);
  // Credentials are not part of it.
  CHECK(servers(R"({"command": "x", "args": ["--token", "abc"]})",
                R"({"command": "x", "args": ["--token", "def"]})") == 1);
  CHECK(servers(R"({"command": "x", "args": ["pg://u:1@h/db"]})",
                R"({"command": "x", "args": ["pg://u:2@h/db"]})") == 1);
  CHECK(servers(R"({"url": "https://H.example.com/a?key=1"})",
                R"({"url": "https://h.example.com:443/a?key=2"})") == 1);
  CHECK(servers(R"({"url": "https://h.example.com/a?tenant=1"})",
                R"({"url": "https://h.example.com/a?tenant=2"})") == 2);
}

TEST_CASE("a relative path means one thing in one folder") {
  const auto id = [](const std::string& file, const std::string& extra = {}) {
    const auto g =
        graph_of(R"({"mcpServers": {"S": {"command": "node", "args": ["server.js"])" + extra + "}}}", file);
    for (index_t v = 0; v < g->node_count(); ++v)
      if (g->kind_name(g->primary_kind(v)) == "McpServer") return std::string(g->node_id(v));
    return std::string();
  };
  CHECK(id("a/cursor.json") == id("a/claude.json"));
  CHECK(id("a/cursor.json") != id("b/cursor.json"));
  CHECK(id("a/cursor.json") != id("a/cursor.json", R"(, "cwd": "/elsewhere")"));
}

TEST_CASE("two files: one server, one secret, two clients") {
  inventory_builder builder;
  diagnostics messages;
  const io::read_options options;
  const auto document = parsed(
      R"({"mcpServers": {"S": {"command": "npx", "args": ["srv"], "env": {"A_TOKEN": "abc", "B_TOKEN": "${B_TOKEN}"}}}})");
  for (const std::string name : {"one.json", "two.json"}) {
    builder.begin_file(name);
    io::reader_context context{name, builder, messages, options};
    CHECK(io::read_mcp_config(document, context));
  }
  const auto g = std::move(builder).freeze(messages);
  CHECK(problems_of(messages) == lines{});
  REQUIRE(g);
  CHECK(count_kind(*g, "McpServer") == 1);
  CHECK(count_kind(*g, "Agent") == 2);
  // The value is one secret; of the references nobody knows whether they are to one environment.
  CHECK(count_kind(*g, "Secret") == 3);
  CHECK(edges_of(*g, "Calls").size() == 2);
}

TEST_CASE("projects share a client; the key of a call says which project it is for") {
  const auto g = graph_of(R"({"mcpServers": {"S": {"command": "x"}},
    "projects": {"/p": {"mcpServers": {"S2": {"command": "x"}}}, "/q": {"mcpServers": {}}, "/r": {"history": []}}})",
                          ".claude.json");
  CHECK(count_kind(*g, "McpServer") == 1);
  CHECK(edges_of(*g, "Calls") ==
        lines{R"(mcp-client/.claude.json -Calls-> mcp/x# basis="declared" configured_as=["S"])",
              R"(mcp-client/.claude.json -Calls-> mcp/x# basis="declared" configured_as=["S2"] key="/p")"});
}

TEST_CASE("disabled servers are kept, not called, and their secrets are still there") {
  for (const std::string off : {R"("disabled": true)", R"("enabled": false)"}) {
    const auto r =
        read_text(R"({"mcpServers": {"S": {"command": "x", "env": {"TOKEN": "abc"}, "autoApprove": ["t"], )" +
                      off + "}}}",
                  "mcp.json");
    CHECK(problems_of(r.messages) == lines{"note mcp-config-disabled 1:17 /mcpServers/S"});
    REQUIRE(r.inventory);
    CHECK(
        nodes_of(*r.inventory, "McpServer") ==
        lines{
            R"(mcp/x# McpServer basis="declared" command="x" name="S" package="x" status="disabled" transport="stdio")"});
    CHECK(edges_of(*r.inventory, "Calls") == lines{});
    CHECK(edges_of(*r.inventory, "RunsOn") == lines{});
    CHECK(edges_of(*r.inventory, "Holds").size() == 1);
  }
  // Enabled under another name.
  const auto g =
      graph_of(R"({"mcpServers": {"off": {"command": "x", "disabled": true}, "on": {"command": "x"}}})");
  CHECK(nodes_of(*g, "McpServer") ==
        lines{R"(mcp/x# McpServer basis="declared" command="x" name="off" package="x" transport="stdio")"});
  CHECK(edges_of(*g, "Calls").size() == 1);
}

TEST_CASE("consent given in advance") {
  const auto g = graph_of(
      R"({"mcpServers": {"S": {"command": "x", "autoApprove": ["read", "a/b"], "alwaysAllow": ["read"]},
    "G": {"command": "y", "trust": true}, "K": {"command": "z", "autoApprove": ["*"]}, "N": {"command": "n", "autoApprove": []}}})");
  CHECK(nodes_of(*g, "Tool") ==
        lines{R"(tool/mcp/x#/a_b# Tool approval="never" basis="declared" name="a/b")",
              R"(tool/mcp/x#/read Tool approval="never" basis="declared" name="read")"});
  const auto calls = edges_of(*g, "Calls");
  CHECK(
      contains(calls, R"(mcp-client/mcp.json -Calls-> tool/mcp/x#/read approval="never" basis="declared")"));
  CHECK(contains(calls, R"(mcp-client/mcp.json -Calls-> mcp/x# basis="declared" configured_as=["S"])"));
  CHECK(contains(
      calls, R"(mcp-client/mcp.json -Calls-> mcp/y# approval="never" basis="declared" configured_as=["G"])"));
  CHECK(contains(
      calls, R"(mcp-client/mcp.json -Calls-> mcp/z# approval="never" basis="declared" configured_as=["K"])"));
  CHECK(contains(calls, R"(mcp-client/mcp.json -Calls-> mcp/n# basis="declared" configured_as=["N"])"));
  CHECK(contains(edges_of(*g, "Provides"), R"(mcp/x# -Provides-> tool/mcp/x#/read basis="declared")"));
}

TEST_CASE("placeholders are secrets that are not there") {
  const auto g = graph_of(
      R"({"inputs": [{"id": "pat", "type": "promptString", "password": true}, {"id": "name", "type": "promptString"}],
    "servers": {"A": {"command": "a", "env": {"X": "${input:pat}", "Y": "${input:name}", "TOKEN": "${env:TOKEN}"}},
                "B": {"url": "https://b.example.com", "headers": {"Authorization": "Bearer ${input:pat}"}}}})");
  CHECK(edges_of(*g, "Holds").size() == 3);
  for (const auto& line : edges_of(*g, "Holds")) CHECK(line.find("literal=false") != std::string::npos);
  CHECK(count_kind(*g, "Secret") == 2); // the prompt's answer is one, in both servers
  CHECK(nodes_of(*g, "McpServer").back().find("authenticated=true") != std::string::npos);
}

TEST_CASE("containers run on a runtime of their own, unless they have the host") {
  const auto g = graph_of(R"({"mcpServers": {
    "plain": {"command": "docker", "args": ["run", "-i", "-e", "A_TOKEN", "--network=none", "img@sha256:00"]},
    "host": {"command": "docker", "args": ["run", "--privileged", "big:latest"]}}})");
  CHECK(contains(
      nodes_of(*g, "Runtime"),
      R"(runtime/container/img# Runtime basis="inferred:container" name="container of img" network="sandbox")"));
  CHECK(contains(edges_of(*g, "RunsOn"),
                 R"(mcp/img# -RunsOn-> runtime/container/img# basis="inferred:container")"));
  CHECK(contains(edges_of(*g, "RunsOn"),
                 R"(mcp/big# -RunsOn-> runtime/local basis="inferred:privileged-container")"));
  CHECK(contains(
      edges_of(*g, "BuiltFrom"),
      R"(mcp/img# -BuiltFrom-> artifact/oci/img@sha256-00 basis="inferred:command-line" pinned=true)"));
  CHECK(contains(
      edges_of(*g, "BuiltFrom"),
      R"(mcp/big# -BuiltFrom-> artifact/oci/big@latest basis="inferred:command-line" pinned=false)"));
  CHECK(edges_of(*g, "Holds").size() == 1);
}

TEST_CASE("what is wrong, where, all of it") {
  CHECK(problems("{\"mcp\": [],\n \"x\": {}}") == lines{"error mcp-config-type 1:9 /mcp"});
  CHECK(problems(R"({"mcpServers": []})") == lines{"error mcp-config-type 1:16 /mcpServers"});
  CHECK(
      problems(
          R"({"mcpServers": {"a": 1, "b": {"command": true}, "c": {"args": []}, "d": {"command": "x", "args": "y"}, "e": {"command": "x", "args": [{}]},
"f": {"command": "x", "env": ["A=1"]}, "g": {"url": 5}, "h": {"command": "x", "env": {"A": []}}, "i": {"command": "x", "disabled": "no"}}})") ==
      lines{"error mcp-config-type 1:22 /mcpServers/a", "error mcp-config-type 1:42 /mcpServers/b/command",
            "error mcp-config-server 1:49 /mcpServers/c", "error mcp-config-type 1:98 /mcpServers/d/args",
            "error mcp-config-type 1:135 /mcpServers/e/args/0",
            "error mcp-config-type 2:30 /mcpServers/f/env", "error mcp-config-type 2:53 /mcpServers/g/url",
            "error mcp-config-type 2:92 /mcpServers/h/env/A",
            "error mcp-config-type 2:132 /mcpServers/i/disabled"});
  CHECK(problems(R"({"a": 1})") == lines{"error unknown-format 0:0"});
  CHECK(problems(R"({"a": 1})", "mcp-config") == lines{"error mcp-config-shape 1:1"});
  CHECK(problems("[]", "mcp-config") == lines{"error mcp-config-shape 1:1"});
  CHECK(problems("{\"mcpServers\": {\"a\": {}, \"a\": {}}}").front() ==
        "error json-duplicate-key 1:26 /mcpServers/a");
}

TEST_CASE("what is worth knowing, and no error") {
  CHECK(problems(R"({"mcpServers": {}})") == lines{"note mcp-config-empty 1:1"});
  CHECK(problems(R"({"mcpServers": null})") == lines{"note mcp-config-empty 1:1"});
  CHECK(problems("{}", "mcp-config") == lines{"note mcp-config-empty 1:1"});
  CHECK(problems(R"({"chat.mcp.gallery.enabled": true})") == lines{"note mcp-config-empty 1:1"});
  CHECK(problems(R"({"mcpServers": {"a": {"disabled": true}}})") ==
        lines{"note mcp-config-override 1:17 /mcpServers/a"});
  CHECK(problems(R"({"mcpServers": {"a": {"type": "carrier-pigeon", "url": "http://h"}}})") ==
        lines{"warning mcp-config-transport 1:17 /mcpServers/a"});
  CHECK(problems(R"({"mcpServers": {"a": {"url": "h:80/x"}}})") ==
        lines{"warning mcp-config-url 1:17 /mcpServers/a"});
  CHECK(problems(R"({"mcpServers": {"a": {"command": "x", "url": "http://h"}}})") ==
        lines{"warning mcp-config-both 1:17 /mcpServers/a"});
  CHECK(problems(R"({"context_servers": {"a": {"source": "extension", "enabled": true, "settings": {}}}})") ==
        lines{});
}

TEST_CASE("detection: configurations, tool lists and graphs exclude each other") {
  for (const std::string text : {R"({"mcpServers": {}})", R"({"mcp": []})",
                                 R"({"mcpServers": {}, "tools": []})", R"({"S": {"command": "x"}})"}) {
    CAPTURE(text);
    CHECK(io::looks_like_mcp_config(parsed(text)));
    CHECK_FALSE(io::looks_like_tools_list(parsed(text)));
  }
  for (const std::string text :
       {R"({"graph": {"nodes": []}, "mcpServers": {}})", R"({"graph": {}, "tools": [{"name": "x"}]})", "[]",
        "{}", "1", R"({"servers": [{"url": "https://api.example.com"}]})",
        R"({"name": "agent", "url": "https://x", "skills": []})", R"({"servers": {"prod": {"host": "x"}}})",
        R"({"nodes": [], "edges": []})"}) {
    CAPTURE(text);
    CHECK_FALSE(io::looks_like_mcp_config(parsed(text)));
    CHECK_FALSE(io::looks_like_tools_list(parsed(text)));
  }
}

TEST_CASE("no value of a secret ever comes out, wherever it was") {
  const std::string places[] = {
      R"("command": "x", "env": {"TOKEN": "@"})",
      R"("command": "x", "env": {"SETTING": "sk-@"})",
      R"("command": "x", "env": {"TOKEN": "${A:-@}"})",
      R"("command": "x", "env": {"URL": "https://u:@@h.example.com/p"})",
      R"("command": "env TOKEN=@ npx srv")",
      R"("command": "npx srv --token @")",
      R"("command": "npx", "args": ["--api-key", "@", "srv"])",
      R"("command": "npx", "args": ["srv", "--api-key=@"])",
      R"("command": "sh", "args": ["-c", "TOKEN=@ npx srv"])",
      R"("command": "sh", "args": ["-c", "npx srv --token @ | tee log"])",
      R"("command": "npx", "args": ["srv", "pg://u:@@h/db"])",
      R"("command": "npx", "args": ["git+https://u:@@h.example.com/r.git"])",
      R"("command": "npx", "args": ["mcp-remote", "https://h.example.com/x?token=@", "--header", "Authorization: Bearer @"])",
      R"("command": "docker", "args": ["run", "-e", "TOKEN=@", "img", "--password", "@"])",
      R"("command": "uvx", "args": ["--from", "git+https://@@h.example.com/r", "x"])",
      R"("command": ["npx", "srv", "--secret", "@"])",
      R"("command": "node", "args": ["--token", "@", "server.js"])",
      R"("command": "unknown-runner", "args": ["@", "sk-@"])",
      R"("url": "https://u:@@h.example.com/x")",
      R"("url": "https://h.example.com/x?api_key=@")",
      R"("url": "https://h.example.com/s/sk-@/mcp")",
      R"("url": "https://h.example.com/s/x@0123456789abcdefgh/mcp")",
      R"("url": "not a url @")",
      R"("url": "https://h.example.com", "headers": {"Authorization": "Basic @"})",
      R"("url": "https://h.example.com", "headers": {"X-Anything": "@"})",
      R"("url": "https://h.example.com", "oauth": {"clientId": "c", "clientSecret": "@"})",
      R"("url": "https://h.example.com", "authorization_token": "@")",
  };
  const std::string secret = "Zq7LeakMarker42";
  for (auto text : places) {
    CAPTURE(text);
    for (auto at = text.find('@'); at != std::string::npos; at = text.find('@', at + secret.size() + 1)) {
      // "@@" is the secret and an '@' after it; "@scope" does not occur here.
      const bool sign = text.compare(at, 2, "@@") == 0;
      text.replace(at, sign ? 2 : 1, secret + (sign ? "@" : ""));
      if (!sign) at -= 1;
    }
    const auto r = read_text(R"({"mcpServers": {"S": {)" + text + "}}}", "mcp.json");
    REQUIRE(r.inventory);
    CHECK(everything(r).find("LeakMarker") == std::string::npos);
  }
}

TEST_CASE("ids have no colon, no control character, and do not collide when they are made fit") {
  const auto g = graph_of(R"({"mcpServers": {"S": {"command": "x", "autoApprove":
    ["a:b", "a_b", "a b", "a#b", "a/b", "a\u0000b", "a\u202eb", "a\u001b[31mb", "", "a_b#0123456789abcdef"]},
    "name with \u0007 bell": {"command": "C:\\tools\\my server.exe"}}})",
                          "C:\\users\\mcp.json");
  std::set<std::string> tools;
  for (index_t v = 0; v < g->node_count(); ++v) {
    const auto id = g->node_id(v);
    CHECK(id.find(':') == id.npos);
    CHECK(std::ranges::none_of(id, [](char c) { return static_cast<unsigned char>(c) <= ' '; }));
    if (g->kind_name(g->primary_kind(v)) == "Tool") tools.insert(std::string(id));
  }
  CHECK(tools.size() == 10);
  CHECK(graph_of(R"({"mcpServers": {}})", "a:b.json")->node_id(0) !=
        graph_of(R"({"mcpServers": {}})", "a_b.json")->node_id(0));
}

TEST_CASE("hidden characters in a tool's name are reported as such") {
  const auto g = graph_of(R"({"mcpServers": {"S": {"command": "x", "autoApprove": ["re\u202ead"]}}})");
  CHECK(nodes_of(*g, "Tool").front().find(R"(hidden_text=true hidden_text_basis="inferred:bidi-controls")") !=
        std::string::npos);
}

namespace {

std::string many_servers(int n) {
  std::string text = R"({"mcpServers": {)";
  for (int i = 0; i < n; ++i)
    text += (i > 0 ? ",\"s" : "\"s") + std::to_string(i) + R"(": {"command": "npx", "args": ["fs", "/d)" +
            std::to_string(i) + "\"]}";
  return text + "}}";
}

std::string same_servers(int n) {
  std::string text = R"({"mcpServers": {)";
  for (int i = 0; i < n; ++i)
    text += (i > 0 ? ",\"s" : "\"s") + std::to_string(i) +
            R"(": {"command": "npx", "args": ["fs"], "env": {"TOKEN": "a"}})";
  return text + "}}";
}

// Of the processor, since the machine may be busy.
double seconds_for(const std::string& text, index_t servers) {
  const auto begun = std::clock();
  CHECK(count_kind(*graph_of(text), "McpServer") == servers);
  return static_cast<double>(std::clock() - begun) / CLOCKS_PER_SEC;
}

} // namespace

TEST_CASE("a hundred thousand servers take ten times as long as ten thousand") {
  constexpr double at_most = 40; // quadratic work would take a hundred times as long
  CHECK(seconds_for(many_servers(100000), 100000) < at_most * seconds_for(many_servers(10000), 10000));
  CHECK(seconds_for(same_servers(100000), 1) < at_most * seconds_for(same_servers(10000), 1));
}

TEST_CASE("texts of eight megabytes are bounded in the inventory") {
  const std::string big(std::size_t{8} << 20, 'x');
  const auto g =
      graph_of(R"({"mcpServers": {")" + big + R"(": {"command": ")" + big + R"(", "autoApprove": [")" + big +
               R"("], "env": {"TOKEN": ")" + big + R"("}}, "u": {"url": "https://h/)" + big + "\"}}}");
  CHECK(everything(read_text(R"({"mcpServers": {"u": {"url": "https://h/)" + big + "\"}}}", "mcp.json"))
            .size() < 10000);
  for (index_t v = 0; v < g->node_count(); ++v) CHECK(g->node_id(v).size() < 600);
}
