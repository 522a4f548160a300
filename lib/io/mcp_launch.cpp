#include "mcp_launch.hpp"

#include "mcp_text.hpp"

#include <array>

namespace crosscut::io::mcp {

namespace {

using namespace std::string_view_literals;
using words = std::span<const std::string>;
using names = std::span<const std::string_view>;

bool is_one_of(names list, std::string_view text) noexcept {
  return std::ranges::find(list, text) != list.end();
}

// "C:\nodejs\NPX.cmd" is npx, "/usr/bin/python3.11" is python3.11.
std::string program_name(std::string_view path) {
  auto name = lower(base_name(path));
  for (const auto end : {".exe"sv, ".cmd"sv, ".bat"sv, ".ps1"sv})
    if (name.ends_with(end)) name.resize(name.size() - end.size());
  return name;
}

bool is_python(std::string_view program) noexcept {
  return program == "py" || program == "pypy3" ||
         (program.starts_with("python") &&
          all_of(program.substr(6), [](char c) noexcept { return is_digit(c) || c == '.'; }));
}

constexpr std::array runners{
    "npx"sv,  "npm"sv,  "pnpm"sv, "pnpx"sv, "yarn"sv,    "bun"sv,    "bunx"sv,   "uv"sv,      "uvx"sv,
    "pipx"sv, "node"sv, "deno"sv, "tsx"sv,  "ts-node"sv, "docker"sv, "podman"sv, "nerdctl"sv, "java"sv,
    "env"sv,  "cmd"sv,  "sh"sv,   "bash"sv, "zsh"sv,     "go"sv,     "dotnet"sv, "fastmcp"sv, "mcp"sv};
bool is_runner(std::string_view program) noexcept {
  return is_one_of(runners, program) || is_python(program);
}

bool is_script(std::string_view text) noexcept {
  constexpr std::array ends{".py"sv,  ".js"sv,  ".mjs"sv, ".cjs"sv, ".ts"sv,
                            ".mts"sv, ".jar"sv, ".sh"sv,  ".rb"sv,  ".php"sv};
  return std::ranges::any_of(ends, [&](auto e) { return text.size() > e.size() && text.ends_with(e); });
}

// --- options

// Calls see(name, value) for the options at the front, and returns what follows them. Names in `with_value`
// take the next word.
template <class See> words skip_options(words w, names with_value, See see) {
  while (!w.empty() && w.front().size() > 1 && w.front().front() == '-') {
    const std::string_view option = w.front();
    w = w.subspan(1);
    if (option == "--") break;
    const auto equals = option.find('=');
    if (equals != option.npos) {
      see(option.substr(0, equals), option.substr(equals + 1));
    } else if (is_one_of(with_value, option) && !w.empty()) {
      see(option, std::string_view(w.front()));
      w = w.subspan(1);
    } else {
      see(option, ""sv);
    }
  }
  return w;
}
words skip_options(words w, names with_value) {
  return skip_options(w, with_value, [](std::string_view, std::string_view) {});
}

void keep_arguments(launch& out, words w) { out.arguments.assign(w.begin(), w.end()); }

// --- local code

void set_local(launch& out, std::string_view path, words arguments) {
  out.from = origin::local;
  out.package = path;
  out.relative = !is_absolute_path(path);
  keep_arguments(out, arguments);
}

// The first argument that is a script, for runners with commands of their own ("mcp run server.py").
bool set_first_script(launch& out, words w) {
  const auto found = std::ranges::find_if(w, is_script);
  if (found == w.end()) return false;
  set_local(out, *found, w.subspan(static_cast<std::size_t>(found - w.begin()) + 1));
  return true;
}

void read_python(launch& out, words w) {
  constexpr std::array with_value{"-W"sv, "-X"sv, "-m"sv, "-c"sv};
  std::string_view module;
  bool inline_code = false;
  const auto all = w;
  while (!w.empty() && w.front().starts_with('-') && module.empty() && !inline_code) {
    const std::string_view option = w.front();
    const bool has_value = is_one_of(with_value, option) && w.size() > 1;
    if (option == "-m" && has_value) module = w[1];
    inline_code = option == "-c";
    w = w.subspan(has_value ? 2 : 1);
  }
  if (inline_code || (module.empty() && w.empty())) return keep_arguments(out, all);
  if (module.empty()) return set_local(out, w.front(), w.subspan(1));
  out.from = origin::module;
  out.package = module;
  keep_arguments(out, w);
}

void read_script_runner(launch& out, words w) {
  constexpr std::array with_value{
      "-r"sv,         "--require"sv,    "--import"sv, "--loader"sv, "--experimental-loader"sv,
      "--env-file"sv, "--conditions"sv, "-C"sv};
  bool inline_code = false;
  const auto rest = skip_options(w, with_value, [&](std::string_view option, std::string_view) {
    inline_code |= option == "-e" || option == "--eval" || option == "-p" || option == "--print";
  });
  if (inline_code || rest.empty()) return keep_arguments(out, w);
  set_local(out, rest.front(), rest.subspan(1));
}

void read_java(launch& out, words w) {
  const auto jar = std::ranges::find(w, "-jar");
  if (jar == w.end() || w.end() - jar < 2) return keep_arguments(out, w);
  set_local(out, *(jar + 1), w.subspan(static_cast<std::size_t>(jar - w.begin()) + 2));
}

// --- package runners

void read_npx(launch& out, words w) {
  constexpr std::array with_value{"-p"sv,          "--package"sv,    "--registry"sv, "-c"sv,
                                  "--call"sv,      "--userconfig"sv, "--prefix"sv,   "-w"sv,
                                  "--workspace"sv, "--cache"sv};
  std::string_view package;
  const auto rest = skip_options(w, with_value, [&](std::string_view option, std::string_view value) {
    if (option == "-p" || option == "--package") package = value;
    out.other_registry |= option == "--registry" || option == "--userconfig";
  });
  if (package.empty() && rest.empty()) return keep_arguments(out, w);
  read_npm_package(package.empty() ? std::string_view(rest.front()) : package, out);
  keep_arguments(out, package.empty() ? rest.subspan(1)
                                      : rest); // with --package the first word names the program in it
}

constexpr std::array uv_values{"--from"sv,
                               "--with"sv,
                               "-w"sv,
                               "--with-editable"sv,
                               "--with-requirements"sv,
                               "-p"sv,
                               "--python"sv,
                               "--index"sv,
                               "--index-url"sv,
                               "-i"sv,
                               "--extra-index-url"sv,
                               "--default-index"sv,
                               "--find-links"sv,
                               "-f"sv,
                               "--directory"sv,
                               "--project"sv,
                               "--cache-dir"sv,
                               "--env-file"sv,
                               "--constraints"sv,
                               "--overrides"sv,
                               "--config-file"sv,
                               "--resolution"sv,
                               "--prerelease"sv,
                               "--exclude-newer"sv,
                               "--color"sv,
                               "--extra"sv,
                               "--group"sv,
                               "--package"sv,
                               "--refresh-package"sv,
                               "--reinstall-package"sv,
                               "-P"sv,
                               "--upgrade-package"sv,
                               "--allow-insecure-host"sv,
                               "--spec"sv,
                               "--pip-args"sv};

bool names_registry(std::string_view option) noexcept {
  constexpr std::array list{"--index"sv,         "--index-url"sv,  "-i"sv, "--extra-index-url"sv,
                            "--default-index"sv, "--find-links"sv, "-f"sv, "--config-file"sv};
  return is_one_of(list, option);
}

// uvx, uv tool run, pipx run: what to run, unless --from (--spec) says in which package it is.
void read_python_tool(launch& out, words w) {
  std::string_view package;
  const auto rest = skip_options(w, uv_values, [&](std::string_view option, std::string_view value) {
    if (option == "--from" || option == "--spec") package = value;
    out.other_registry |= names_registry(option);
  });
  if (package.empty() && rest.empty()) return keep_arguments(out, w);
  read_python_package(package.empty() ? std::string_view(rest.front()) : package, out);
  keep_arguments(out, package.empty() ? rest.subspan(1) : rest);
}

void read_program(launch& out, std::string_view path, words arguments);

// A script of the project in `folder`, or a program that the project declares.
void set_project(launch& out, std::string_view folder) {
  if (!folder.empty()) out.package = std::string(folder) + (folder.ends_with('/') ? "" : "/") + out.package;
  out.relative = !is_absolute_path(folder);
}

void read_uv(launch& out, words w) {
  std::string_view folder, module;
  const auto see = [&](std::string_view option, std::string_view value) {
    if (option == "--directory" || option == "--project") folder = value;
  };
  auto rest = skip_options(w, uv_values, see);
  if (rest.size() > 1 && rest[0] == "tool" && rest[1] == "run") return read_python_tool(out, rest.subspan(2));
  if (rest.empty() || rest[0] != "run") return keep_arguments(out, w);
  rest = skip_options(rest.subspan(1), uv_values, [&](std::string_view option, std::string_view value) {
    see(option, value);
    if (option == "-m" || option == "--module") module = "-m";
  });
  if (rest.empty()) return keep_arguments(out, w);
  if (!module.empty()) {
    out.from = origin::module;
    out.package = rest.front();
    return keep_arguments(out, rest.subspan(1));
  }
  if (program_name(rest.front()) == "uv")
    return keep_arguments(out, w); // nobody writes that, and it could go on for ever
  read_program(out, rest.front(), rest.subspan(1));
  out.program = "uv";
  if (out.from == origin::local && !is_absolute_path(out.package)) set_project(out, folder);
}

void read_subcommand(launch& out, words w, names run, void (*read)(launch&, words)) {
  if (w.empty() || !is_one_of(run, w.front())) return keep_arguments(out, w);
  read(out, w.subspan(1));
}

void read_bun(launch& out, words w) {
  if (!w.empty() && w.front() == "x") return read_npx(out, w.subspan(1));
  read_script_runner(out, !w.empty() && w.front() == "run" ? w.subspan(1) : w);
}

void read_deno(launch& out, words w) {
  const auto rest = skip_options(!w.empty() && w.front() == "run" ? w.subspan(1) : w, {});
  if (rest.empty()) return keep_arguments(out, w);
  const std::string_view target = rest.front();
  if (!target.starts_with("npm:") && target.find("://") == target.npos)
    return set_local(out, target, rest.subspan(1));
  read_npm_package(target, out);
  keep_arguments(out, rest.subspan(1));
}

// --- containers

constexpr std::array docker_values{
    "-e"sv,        "--env"sv,      "--env-file"sv, "-v"sv,           "--volume"sv,       "--mount"sv,
    "--name"sv,    "--network"sv,  "--net"sv,      "-p"sv,           "--publish"sv,      "-w"sv,
    "--workdir"sv, "-u"sv,         "--user"sv,     "--entrypoint"sv, "--platform"sv,     "--add-host"sv,
    "-l"sv,        "--label"sv,    "-m"sv,         "--memory"sv,     "--cpus"sv,         "--gpus"sv,
    "-h"sv,        "--hostname"sv, "--dns"sv,      "--pull"sv,       "--restart"sv,      "--security-opt"sv,
    "--cap-add"sv, "--cap-drop"sv, "--tmpfs"sv,    "--device"sv,     "--log-driver"sv,   "--shm-size"sv,
    "--ulimit"sv,  "--ipc"sv,      "--pid"sv,      "--runtime"sv,    "--stop-timeout"sv, "--group-add"sv,
    "--userns"sv};

void set_variable(launch& out, std::string_view text) {
  const auto equals = text.find('=');
  if (equals == text.npos)
    out.passed_on.emplace_back(text);
  else
    out.environment.emplace_back(text.substr(0, equals), text.substr(equals + 1));
}

// A mount of the host's root folder or of its container socket.
bool opens_host(std::string_view mount) noexcept {
  return mount.starts_with("/:") || mount.find("docker.sock") != mount.npos ||
         mount.find("source=/,") != mount.npos || mount.find("src=/,") != mount.npos;
}

void read_container(launch& out, words w) {
  std::vector<std::string> options;
  const auto rest = skip_options(w, docker_values, [&](std::string_view option, std::string_view value) {
    const bool network = option == "--network" || option == "--net";
    if (option == "-e" || option == "--env") return set_variable(out, value);
    out.no_network |= network && value == "none";
    out.privileged |= option == "--privileged" || (option == "--pid" && value == "host");
    if (option == "-v" || option == "--volume" || option == "--mount") out.privileged |= opens_host(value);
    options.push_back(std::string(option) + "=" + std::string(value));
  });
  if (rest.empty()) return keep_arguments(out, w);
  out.container = true;
  read_image(rest.front(), out);
  out.arguments = std::move(options);
  out.arguments.insert(out.arguments.end(), rest.begin() + 1, rest.end());
}

void read_docker(launch& out, words w) {
  constexpr std::array global_values{"-c"sv, "--context"sv, "-H"sv, "--host"sv, "--config"sv};
  auto rest = skip_options(w, global_values);
  if (!rest.empty() && rest.front() == "container") rest = rest.subspan(1);
  if (rest.empty() || rest.front() != "run") return keep_arguments(out, w);
  read_container(out, rest.subspan(1));
}

// --- dispatch

void read_runner(launch& out, words w) {
  constexpr std::array exec{"exec"sv, "x"sv};
  constexpr std::array dlx{"dlx"sv}, run{"run"sv};
  const std::string_view p = out.program;
  if (p == "npx" || p == "bunx" || p == "pnpx") return read_npx(out, w);
  if (p == "npm") return read_subcommand(out, w, exec, read_npx);
  if (p == "pnpm" || p == "yarn") return read_subcommand(out, w, dlx, read_npx);
  if (p == "bun") return read_bun(out, w);
  if (p == "uvx") return read_python_tool(out, w);
  if (p == "pipx") return read_subcommand(out, w, run, read_python_tool);
  if (p == "uv") return read_uv(out, w);
  if (p == "docker" || p == "podman" || p == "nerdctl") return read_docker(out, w);
  if (p == "deno") return read_deno(out, w);
  if (p == "java") return read_java(out, w);
  if (is_python(p)) return read_python(out, w);
  if (p == "node" || p == "tsx" || p == "ts-node") return read_script_runner(out, w);
  if (!set_first_script(out, w)) keep_arguments(out, w); // a shell with a script, mcp run, fastmcp run, …
}

void read_program(launch& out, std::string_view path, words arguments) {
  out.program = program_name(path);
  if (out.program.empty()) return keep_arguments(out, arguments);
  if (is_runner(out.program)) return read_runner(out, arguments);
  set_local(out, path, arguments);
  out.relative &= path.find_first_of("/\\") != path.npos ||
                  is_script(path); // else it is found where the host keeps programs
}

bool is_assignment(std::string_view word) noexcept {
  const auto equals = word.find('=');
  return equals != word.npos && equals > 0 && !is_digit(word.front()) &&
         all_of(word.substr(0, equals), [](char c) noexcept { return is_alnum(c) || c == '_'; });
}

// Replaces `line` by what the shell in front of it would run; false where there is none, or where it runs
// more than one command.
bool unwrap(std::vector<std::string>& line, launch& out) {
  const auto program = program_name(line.front());
  std::size_t skip = 0;
  if (program == "env") {
    for (skip = 1; skip < line.size() && (is_assignment(line[skip]) || line[skip].starts_with('-')); ++skip)
      if (is_assignment(line[skip])) set_variable(out, line[skip]);
  } else if (program == "cmd" && line.size() > 2 && lower(line[1]) == "/c") {
    skip = 2;
  } else if ((program == "sh" || program == "bash" || program == "zsh") && line.size() > 2 &&
             line[1].starts_with('-') && line[1].ends_with('c') &&
             line[2].find_first_of(";|&`<>\n") == std::string::npos &&
             line[2].find("$(") == std::string::npos) {
    auto inner = split_words(line[2]);
    if (!inner.empty() && inner.front() == "exec") inner.erase(inner.begin());
    if (inner.empty()) return false;
    line = std::move(inner);
    return true;
  }
  if (skip == 0 || skip >= line.size()) return false;
  line.erase(line.begin(), line.begin() + static_cast<std::ptrdiff_t>(skip));
  return true;
}

// "npx -y server" is a line, "~/My Programs/server" a path.
bool is_line(std::string_view command) {
  const auto space = command.find_first_of(" \t");
  if (space == command.npos || command.starts_with('"') || command.starts_with('\''))
    return space != command.npos;
  const auto first = command.substr(0, space);
  if (first.find_first_of("/\\") == first.npos || is_runner(program_name(first))) return true;
  const auto option = command.find(" -");
  return option != command.npos && option + 2 < command.size() &&
         (is_letter(command[option + 2]) || command[option + 2] == '-');
}

std::vector<std::string> command_words(std::string_view command) {
  if (!is_line(command)) return {std::string(command)};
  const auto first = command.substr(0, command.find_first_of(" \t"));
  const bool quoted = command.front() == '"' || command.front() == '\'';
  if (quoted || first.find_first_of("/\\") == first.npos || is_runner(program_name(first)))
    return split_words(command);
  const auto option = command.find(" -"); // a path with spaces, then options
  auto out = split_words(command.substr(option));
  out.insert(out.begin(), std::string(trim(command.substr(0, option))));
  return out;
}

} // namespace

std::vector<std::string> split_words(std::string_view line) {
  std::vector<std::string> out;
  bool inside = false;
  char quote = 0;
  for (const char c : line) {
    if (quote == 0 && is_space(c)) {
      inside = false;
      continue;
    }
    if (!inside) out.emplace_back();
    inside = true;
    if (quote == 0 && (c == '"' || c == '\''))
      quote = c;
    else if (c == quote)
      quote = 0;
    else
      out.back() += c;
  }
  return out;
}

launch understand_launch(std::string_view command, std::span<const std::string> arguments) {
  constexpr int most_wrappers = 8;
  launch out;
  auto line = command_words(trim(command));
  line.insert(line.end(), arguments.begin(), arguments.end());
  for (int i = 0; i < most_wrappers && !line.empty() && unwrap(line, out); ++i) {
  }
  if (!line.empty()) read_program(out, line.front(), words(line).subspan(1));
  out.line = std::move(line);
  return out;
}

} // namespace crosscut::io::mcp
