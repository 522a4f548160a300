#include "io/mcp_launch.hpp"

#include <doctest/doctest.h>

#include <string>

using namespace crosscut::io::mcp;

namespace {

// "npm name@version pinned [arguments]", in one line.
std::string text_of(const launch& l) {
  std::string out = l.from ? std::string(to_string(*l.from)) + " " + l.package : l.program + "?";
  if (!l.version.empty()) out += "@" + l.version;
  if (l.pinned) out += *l.pinned ? " pinned" : " unpinned";
  if (l.relative) out += " relative";
  if (l.other_registry) out += " other-registry";
  if (l.container) out += " container";
  if (l.privileged) out += " privileged";
  if (l.no_network) out += " no-network";
  out += " [";
  for (std::size_t i = 0; i < l.arguments.size(); ++i) out += (i > 0 ? " " : "") + l.arguments[i];
  return out + "]";
}

std::string of(std::string_view command, const std::vector<std::string>& arguments = {}) {
  return text_of(understand_launch(command, arguments));
}

} // namespace

TEST_CASE("packages that npx and its kin fetch") {
  CHECK(of("npx", {"-y", "@scope/server", "/dir"}) == "npm @scope/server unpinned [/dir]");
  CHECK(of("npx", {"-y", "@scope/server@1.2.3"}) == "npm @scope/server@1.2.3 pinned []");
  CHECK(of("npx", {"server@1.2.3-rc.1+b5"}) == "npm server@1.2.3-rc.1+b5 pinned []");
  for (const auto* range :
       {"latest", "^1.2.3", "~1.2.3", "1", "1.2", "1.x", ">=1.2.3", "1.2.3 || 2.0.0", "next"}) {
    CAPTURE(range);
    CHECK(of("npx", {std::string("server@") + range}) == std::string("npm server@") + range + " unpinned []");
  }
  CHECK(of("npx", {"-p", "@scope/server@2.0.0", "run-it", "x"}) ==
        "npm @scope/server@2.0.0 pinned [run-it x]");
  CHECK(of("npx", {"--package=server", "run-it"}) == "npm server unpinned [run-it]");
  CHECK(of("npx", {"--registry", "https://r.example.com", "server"}) ==
        "npm server unpinned other-registry []");
  CHECK(of("bunx", {"server"}) == "npm server unpinned []");
  CHECK(of("bun", {"x", "server"}) == "npm server unpinned []");
  CHECK(of("pnpm", {"dlx", "server"}) == "npm server unpinned []");
  CHECK(of("npm", {"exec", "--", "server", "-v"}) == "npm server unpinned [-v]");
  CHECK(of("deno", {"run", "-A", "npm:server@1.0.0"}) == "npm server@1.0.0 pinned []");
  CHECK(of("C:\\nodejs\\NPX.cmd", {"server"}) == "npm server unpinned []");
  CHECK(of("npx", {"github:owner/repo#0123456789012345678901234567890123456789"}) ==
        "git github.com/owner/repo@0123456789012345678901234567890123456789 pinned []");
  CHECK(of("npx", {"owner/repo"}) == "git github.com/owner/repo unpinned []");
  CHECK(of("npx", {"git+https://u:pw@git.example.com/o/r.git#main"}) ==
        "git git.example.com/o/r@main unpinned []");
  CHECK(of("npx", {"./server"}) == "local ./server relative []");
  CHECK(of("npx") == "npx? []");
}

TEST_CASE("packages that uvx and its kin fetch") {
  CHECK(of("uvx", {"mcp-server-sqlite", "--db-path", "x.db"}) ==
        "pypi mcp-server-sqlite unpinned [--db-path x.db]");
  CHECK(of("uvx", {"MCP_Server.Git==2025.1.14"}) == "pypi mcp-server-git@2025.1.14 pinned []");
  CHECK(of("uvx", {"server@1.2"}) == "pypi server@1.2 pinned []");
  CHECK(of("uvx", {"server@latest"}) == "pypi server@latest unpinned []");
  CHECK(of("uvx", {"server>=1.0"}) == "pypi server@>=1.0 unpinned []");
  CHECK(of("uvx", {"server==1.*"}) == "pypi server@1.* unpinned []");
  CHECK(of("uvx", {"--from", "server[cli]==1.0", "run-it"}) == "pypi server@1.0 pinned [run-it]");
  CHECK(of("uvx", {"--python", "3.12", "server"}) == "pypi server unpinned []");
  CHECK(of("uvx", {"--index-url", "https://r.example.com", "server"}) ==
        "pypi server unpinned other-registry []");
  CHECK(of("uv", {"tool", "run", "server==1.0"}) == "pypi server@1.0 pinned []");
  CHECK(of("pipx", {"run", "--spec", "server==1.0", "run-it"}) == "pypi server@1.0 pinned [run-it]");
  CHECK(of("uvx", {"--from", "git+https://git.example.com/o/r@v1.0", "run-it"}) ==
        "git git.example.com/o/r@v1.0 unpinned [run-it]");
}

TEST_CASE("container images") {
  CHECK(of("docker", {"run", "-i", "--rm", "-e", "TOKEN", "mcp/github"}) ==
        "oci mcp/github unpinned container [-i= --rm=]");
  CHECK(of("docker", {"run", "mcp/github:latest"}) == "oci mcp/github@latest unpinned container []");
  CHECK(of("docker", {"run", "mcp/github:1.2"}) == "oci mcp/github@1.2 container []");
  CHECK(of("docker", {"run", "mcp/github:1.2@sha256:abc"}) ==
        "oci mcp/github@sha256:abc pinned container []");
  CHECK(of("podman", {"container", "run", "r.example.com:5000/t/img:1"}) ==
        "oci r.example.com:5000/t/img@1 other-registry container []");
  CHECK(of("docker", {"run", "--network", "none", "img", "arg"}) ==
        "oci img unpinned container no-network [--network=none arg]");
  CHECK(of("docker", {"run", "--privileged", "img"}) ==
        "oci img unpinned container privileged [--privileged=]");
  CHECK(of("docker", {"run", "-v", "/var/run/docker.sock:/s", "img"}) ==
        "oci img unpinned container privileged [-v=/var/run/docker.sock:/s]");
  CHECK(of("docker", {"run", "-v", "/data:/data", "img"}) == "oci img unpinned container [-v=/data:/data]");
  CHECK(of("docker", {"mcp", "gateway", "run"}) == "docker? [mcp gateway run]");
  const auto l = understand_launch(
      "docker", std::vector<std::string>{"run", "-e", "A=1", "--env=B=2", "-e", "C", "img"});
  CHECK(l.environment == std::vector<std::pair<std::string, std::string>>{{"A", "1"}, {"B", "2"}});
  CHECK(l.passed_on == std::vector<std::string>{"C"});
}

TEST_CASE("scripts and programs on this machine") {
  CHECK(of("python", {"server.py", "x"}) == "local server.py relative [x]");
  CHECK(of("/usr/bin/python3.11", {"-u", "/srv/server.py"}) == "local /srv/server.py []");
  CHECK(of("python", {"-m", "mcp_server_git", "--repo", "."}) == "python-module mcp_server_git [--repo .]");
  CHECK(of("python", {"-c", "print(1)"}) == "python? [-c print(1)]");
  CHECK(of("node", {"--require", "x.js", "server.js"}) == "local server.js relative []");
  CHECK(of("node", {"${workspaceFolder}/server.js"}) == "local ${workspaceFolder}/server.js relative []");
  CHECK(of("java", {"-Xmx1g", "-jar", "/opt/s.jar", "a"}) == "local /opt/s.jar [a]");
  CHECK(of("uv", {"run", "server.py"}) == "local server.py relative []");
  CHECK(of("uv", {"--directory", "/srv/app", "run", "server.py"}) == "local /srv/app/server.py []");
  CHECK(of("uv", {"run", "--directory", "/srv/app", "my-server"}) == "local /srv/app/my-server []");
  CHECK(of("uv", {"run", "--with", "mcp[cli]", "mcp", "run", "/srv/server.py"}) == "local /srv/server.py []");
  CHECK(of("my-server", {"--x"}) == "local my-server [--x]");
  CHECK(of("./my-server") == "local ./my-server relative []");
}

TEST_CASE("a command that is a whole line is split, a path with a space in it is not") {
  CHECK(of("uv run python", {"tests/server.py"}) == "local tests/server.py relative []");
  CHECK(of("uv run python", {"-c", "'raise'"}) == "uv? [-c 'raise']");
  CHECK(of("npx -y server@1.0.0 \"a b\"") == "npm server@1.0.0 pinned [a b]");
  CHECK(of("/usr/bin/python3 /srv/s.py") == "local /srv/s.py []");
  CHECK(of("~/Application Support/tool/bin-arm64", {"mcp"}) ==
        "local ~/Application Support/tool/bin-arm64 [mcp]");
  CHECK(of("/Applications/My App/bin --stdio") == "local /Applications/My App/bin [--stdio]");
  CHECK(of("\"C:\\Program Files\\nodejs\\node.exe\" s.js") == "local s.js relative []");
  CHECK(of("C:\\Program Files\\nodejs\\node.exe", {"s.js"}) == "local s.js relative []");
  CHECK(of("") == "? []");
}

TEST_CASE("wrappers are looked through") {
  CHECK(of("cmd", {"/c", "npx", "-y", "server"}) == "npm server unpinned []");
  CHECK(of("sh", {"-c", "exec npx -y server@1.0.0"}) == "npm server@1.0.0 pinned []");
  CHECK(of("bash", {"-lc", "cd /srv && npx server"}) == "bash? [-lc cd /srv && npx server]");
  CHECK(of("bash", {"/srv/start.sh"}) == "local /srv/start.sh []");
  const auto l = understand_launch("env", std::vector<std::string>{"TOKEN=abc", "npx", "server"});
  CHECK(text_of(l) == "npm server unpinned []");
  CHECK(l.environment == std::vector<std::pair<std::string, std::string>>{{"TOKEN", "abc"}});
}

TEST_CASE("endless lines end") {
  const std::vector<std::string> uv(200000, "uv");
  std::vector<std::string> runs;
  for (int i = 0; i < 100000; ++i) runs.insert(runs.end(), {"uv", "run"});
  CHECK(understand_launch("uv", uv).program == "uv");
  CHECK(understand_launch("uv", std::vector<std::string>(runs.begin() + 1, runs.end())).program == "uv");
  CHECK(understand_launch("env", std::vector<std::string>(200000, "env")).program == "env");
}
