// What a command line starts: which package or script, in which version, with which arguments.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace crosscut::io::mcp {

/// Where the code of a server comes from.
enum class origin : std::uint8_t {
  npm,    ///< A package that npx, bunx, pnpm dlx … fetch.
  pypi,   ///< A package that uvx, pipx … fetch.
  oci,    ///< A container image.
  git,    ///< A repository that a runner fetches and builds.
  module, ///< `python -m NAME`: of some package that is installed.
  local   ///< A script or program on this machine.
};
/// "npm", "pypi", "oci", "git", "python-module", "local".
std::string_view to_string(origin) noexcept;

/// A command line, understood.
struct launch {
  std::string program; ///< Base name of what is run: "npx". Never a whole line.
  std::optional<origin>
      from;            ///< Nothing where the line does not say (inline code, an unknown form of a runner).
  std::string package; ///< Package, image, repository, module or path.
  std::string version; ///< As written: "1.2.3", "latest", "sha256:…"; empty where none is.
  std::optional<bool> pinned;  ///< The version decides the code. Nothing for local code and for image tags,
                               ///< which their owner may move.
  bool other_registry = false; ///< The line names a registry of its own.
  bool relative = false;       ///< A local path that means something else in another folder.
  bool container = false;      ///< Runs in a container of its own …
  bool privileged = false; ///< … that has the host's rights (privileged, its processes, its root folder or
                           ///< container socket).
  bool no_network = false; ///< … without network.
  std::vector<std::string> line;      ///< All words, wrappers taken off.
  std::vector<std::string> arguments; ///< What the server itself gets (for containers, the options too).
  std::vector<std::pair<std::string, std::string>> environment; ///< Variables that the line sets.
  std::vector<std::string> passed_on; ///< Variables that the line hands from the host to a container.
};

/// `command` may hold a whole command line ("uv run python"); it is split where it is one, and not where it
/// is a path with a space in it. Wrappers (`cmd /c`, `sh -c`, `env`) are looked through. O(size).
launch understand_launch(std::string_view command, std::span<const std::string> arguments);

/// The words of a command line, with quotes taken off.
std::vector<std::string> split_words(std::string_view line);

/// `name@1.2.3`, `@scope/name@tag`, `github:owner/repo#commit`, a path …: as npm reads them.
void read_npm_package(std::string_view text, launch& out);
/// `name==1.2`, `name[extra]>=1`, `name@1.2`, `git+https://…@rev`: as uv and pipx read them. Names are
/// normalised (PEP 503).
void read_python_package(std::string_view text, launch& out);
/// `[host[:port]/]name[:tag][@digest]`.
void read_image(std::string_view text, launch& out);

} // namespace crosscut::io::mcp
