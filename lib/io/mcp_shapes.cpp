#include "mcp_shapes.hpp"

#include "mcp_text.hpp"

#include <array>

namespace crosscut::io::mcp {

namespace {

using namespace std::string_view_literals;
using json::node;

constexpr auto servers_hint =
    R"(an object of servers by name: {"NAME": {"command": "…", "args": []}} or {"NAME": {"url": "…"}})"sv;

const node* find_object(const node& n, std::string_view name) {
  const auto* found = n.find(name);
  return found && found->is_object() ? found : nullptr;
}

// {"command": …}, {"url": …}, or a transport that servers have.
bool looks_like_server(const node& n) {
  constexpr std::array types{"stdio"sv, "local"sv, "remote"sv, "http"sv, "sse"sv, "streamable-http"sv};
  const auto* command = n.find("command");
  const auto* type = n.find("type");
  const bool known_type =
      type && type->is_string() && std::ranges::find(types, *type->as_string()) != types.end();
  const bool address = n.find("serverUrl") || n.find("httpUrl") || (n.find("url") && known_type);
  return (command && !command->is_null()) || address || known_type;
}

// {NAME: {"command": …}} and nothing else but "$schema" and the like.
bool is_flat(const node& document) {
  bool any = false;
  for (const auto& m : document.members()) {
    if (m.name.starts_with('$')) continue;
    if (!m.value.is_object()) return false;
    any |= looks_like_server(m.value);
  }
  return any;
}

bool has_client_setting(const node& document) {
  return std::ranges::any_of(document.members(),
                             [](const json::member& m) { return m.name.starts_with("chat.mcp."); });
}

// {"servers": {…}}: a name that many formats use, so it needs something else of ours beside it or in it.
bool is_vscode_file(const node& document) {
  const auto* servers = find_object(document, "servers");
  if (!servers) return false;
  const auto* inputs = document.find("inputs");
  return (inputs && inputs->is_array()) || std::ranges::any_of(servers->members(), [](const json::member& m) {
           return looks_like_server(m.value);
         });
}

// {"mcp": {NAME: {…}}} of opencode, not {"mcp": {"servers": {NAME: {…}}}} of VS Code.
bool is_opencode(const node& mcp) {
  const auto* servers = mcp.find("servers");
  if (servers)
    return looks_like_server(*servers) && !std::ranges::any_of(servers->members(), [](const json::member& m) {
             return m.value.is_object();
           });
  return std::ranges::any_of(mcp.members(),
                             [](const json::member& m) { return m.name != "inputs" && m.value.is_object(); });
}

bool has_project_servers(const node& document) {
  const auto* projects = find_object(document, "projects");
  return projects && std::ranges::any_of(projects->members(),
                                         [](const json::member& m) { return m.value.find("mcpServers"); });
}

const node* augment_settings(const node& document, std::string& pointer) {
  pointer = "/augment.advanced";
  if (const auto* dotted = find_object(document, "augment.advanced"))
    return dotted->find("mcpServers") ? dotted : nullptr;
  const auto* outer = find_object(document, "augment");
  const auto* inner = outer ? find_object(*outer, "advanced") : nullptr;
  pointer = "/augment/advanced";
  return inner && inner->find("mcpServers") ? inner : nullptr;
}

class shape_reader {
public:
  shape_reader(const node& document, reader_context& context) : document_(document), context_(context) {}

  config_shape run() {
    take("mcpServers", "");
    take_projects();
    take_vscode_file();
    take_mcp();
    take("mcp.servers", "VS Code");
    take("context_servers", "Zed");
    take_augment();
    if (has_client_setting(document_)) know("VS Code");
    if (!shape_.known && is_flat(document_)) take_flat();
    std::ranges::sort(shape_.sensitive_inputs);
    return std::move(shape_);
  }

private:
  void know(std::string_view client) {
    shape_.known = true;
    if (shape_.client.empty()) shape_.client = client;
  }

  void add(const node& servers, std::string pointer, std::string_view project = {}) {
    if (servers.is_null()) return;
    if (servers.is_object()) {
      shape_.sections.push_back({&servers, std::move(pointer), std::string(project)});
      return;
    }
    context_.messages.add(
        {severity::error, "mcp-config-type", context_.file, servers.position(), std::move(pointer),
         "the servers are " + std::string(json::to_string(servers.what())), std::string(servers_hint)});
  }

  void take(std::string_view name, std::string_view client) {
    const auto* servers = document_.find(name);
    if (!servers) return;
    know(client);
    add(*servers, json::pointer_to("", name));
  }

  void take_projects() {
    if (!has_project_servers(document_)) return;
    know("Claude Code");
    for (const auto& project : document_.find("projects")->members())
      if (const auto* servers = project.value.find("mcpServers"))
        add(*servers, json::pointer_to(json::pointer_to("/projects", project.name), "mcpServers"),
            project.name);
  }

  void take_vscode_file() {
    if (!is_vscode_file(document_)) return;
    take("servers", "VS Code");
    take_inputs(document_);
  }

  void take_mcp() {
    const auto* mcp = document_.find("mcp");
    if (!mcp) return;
    if (!mcp->is_object()) {
      know("");
      if (mcp->is_null()) return;
      context_.messages.add({severity::error, "mcp-config-type", context_.file, mcp->position(), "/mcp",
                             "the member \"mcp\" is " + std::string(json::to_string(mcp->what())),
                             R"({"mcp": {"servers": {"NAME": {"command": "…", "args": []}}}})"});
    } else if (is_opencode(*mcp)) {
      know("opencode");
      add(*mcp, "/mcp");
    } else {
      know("VS Code");
      take_inputs(*mcp);
      if (const auto* servers = mcp->find("servers")) add(*servers, "/mcp/servers");
    }
  }

  void take_augment() {
    std::string pointer;
    const auto* settings = augment_settings(document_, pointer);
    if (!settings) return;
    know("Augment");
    add(*settings->find("mcpServers"), pointer + "/mcpServers");
  }

  void take_flat() {
    know("");
    add(document_, "");
  }

  void take_inputs(const node& owner) {
    const auto* inputs = owner.find("inputs");
    if (!inputs) return;
    for (const auto& input : inputs->elements()) {
      const auto* id = input.find("id");
      const auto* password = input.find("password");
      if (id && id->is_string() && password && password->as_bool() == true)
        shape_.sensitive_inputs.emplace_back(*id->as_string());
    }
  }

  const node& document_;
  reader_context& context_;
  config_shape shape_;
};

struct named_client {
  std::string_view word, client;
};
constexpr std::array named_clients{named_client{"claude_desktop", "Claude Desktop"},
                                   named_client{"claude_code", "Claude Code"},
                                   named_client{"claude", "Claude Code"},
                                   named_client{"cursor", "Cursor"},
                                   named_client{"windsurf", "Windsurf"},
                                   named_client{"codeium", "Windsurf"},
                                   named_client{"cline", "Cline"},
                                   named_client{"roo", "Roo Code"},
                                   named_client{"kiro", "Kiro"},
                                   named_client{"amazon_q", "Amazon Q"},
                                   named_client{"amazonq", "Amazon Q"},
                                   named_client{"gemini", "Gemini CLI"},
                                   named_client{"jetbrains", "JetBrains"},
                                   named_client{"vscode", "VS Code"},
                                   named_client{"zed", "Zed"},
                                   named_client{"opencode", "opencode"},
                                   named_client{"augment", "Augment"}};

// "first_run_cursor_mcp" has the word cursor, "authorized" does not have the word zed.
bool has_word(std::string_view text, std::string_view word) noexcept {
  for (auto at = text.find(word); at != text.npos; at = text.find(word, at + 1)) {
    const auto end = at + word.size();
    if ((at == 0 || !is_alnum(text[at - 1])) && (end == text.size() || !is_alnum(text[end]))) return true;
  }
  return false;
}

} // namespace

bool is_known_shape(const node& document) {
  if (!document.is_object()) return false;
  constexpr std::array certain{"mcpServers"sv, "mcp"sv, "mcp.servers"sv, "context_servers"sv};
  if (std::ranges::any_of(certain, [&](auto name) { return document.find(name); })) return true;
  std::string pointer;
  return has_project_servers(document) || is_vscode_file(document) || augment_settings(document, pointer) ||
         has_client_setting(document) || is_flat(document);
}

config_shape read_shape(const node& document, reader_context& context) {
  return shape_reader(document, context).run();
}

std::string_view client_of_file(std::string_view file) {
  const auto name = base_name(file);
  auto folder = file.substr(0, file.size() - name.size());
  if (!folder.empty()) folder.remove_suffix(1);
  for (const auto part : {name, base_name(folder)}) {
    auto text = lower(part);
    std::ranges::replace(text, '-', '_');
    const auto found =
        std::ranges::find_if(named_clients, [&](const named_client& c) { return has_word(text, c.word); });
    if (found != named_clients.end()) return found->client;
  }
  return {};
}

} // namespace crosscut::io::mcp
