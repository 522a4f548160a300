#include "mcp_server.hpp"

#include "mcp_text.hpp"

#include <crosscut/base/escape.hpp>

#include <array>
#include <initializer_list>

namespace crosscut::io::mcp {

namespace {

using namespace std::string_view_literals;
using json::node;

class entry_reader {
public:
  entry_reader(const json::member& entry, const std::string& pointer, reader_context& context)
      : body_(entry.value), context_(context) {
    out_.name = entry.name;
    out_.pointer = pointer;
    out_.where = entry.position;
  }

  std::optional<server_entry> run() {
    if (body_.is_null()) return std::nullopt;
    if (!body_.is_object()) {
      refuse(body_, out_.pointer, "the server is " + kind(body_),
             R"({"command": "…", "args": []} or {"url": "…"})");
      return std::nullopt;
    }
    read_command();
    read_address();
    read_transport();
    read_values("env", out_.environment);
    read_values("environment", out_.environment);
    read_values("headers", out_.headers);
    read_authentication();
    read_consent();
    out_.disabled |= flag("disabled") || (body_.find("enabled") && !flag("enabled"));
    if (!check_target() || failed_) return std::nullopt;
    return std::move(out_);
  }

private:
  static std::string kind(const node& n) { return std::string(json::to_string(n.what())); }

  void refuse(const node& at, std::string pointer, std::string message, std::string hint) {
    failed_ = true;
    context_.messages.add({severity::error, "mcp-config-type", context_.file, at.position(),
                           std::move(pointer), std::move(message), std::move(hint)});
  }

  void say(severity level, std::string code, std::string message, std::string hint = {}) {
    context_.messages.add({level, std::move(code), context_.file, out_.where, out_.pointer,
                           std::move(message), std::move(hint)});
  }

  // Null is missing.
  const node* member(const node& owner, std::string_view name) const {
    const auto* found = owner.find(name);
    return found && !found->is_null() ? found : nullptr;
  }

  bool flag(std::string_view name) {
    const auto* n = member(body_, name);
    if (!n) return false;
    const auto value = n->as_bool();
    if (!value)
      refuse(*n, json::pointer_to(out_.pointer, name), quoted(name) + " is " + kind(*n), "true or false");
    return value.value_or(false);
  }

  std::string text(const node& owner, std::string_view owner_pointer, std::string_view name) {
    const auto* n = member(owner, name);
    if (!n) return {};
    if (n->is_string()) return std::string(*n->as_string());
    refuse(*n, json::pointer_to(owner_pointer, name), quoted(name) + " is " + kind(*n), "a string");
    return {};
  }

  // Numbers and booleans stand for themselves: {"PORT": 8080}.
  static std::optional<std::string> scalar(const node& n) {
    if (const auto s = n.as_string()) return std::string(*s);
    if (const auto b = n.as_bool()) return *b ? "true" : "false";
    if (const auto i = n.as_int64()) return std::to_string(*i);
    if (const auto u = n.as_uint64()) return std::to_string(*u);
    if (const auto d = n.as_double()) return std::to_string(*d);
    return std::nullopt;
  }

  void read_list(const node& owner, std::string_view owner_pointer, std::string_view name,
                 std::vector<std::string>& out) {
    const auto* list = member(owner, name);
    if (!list) return;
    const auto pointer = json::pointer_to(owner_pointer, name);
    if (!list->is_array())
      return refuse(*list, pointer, quoted(name) + " is " + kind(*list), "an array of strings");
    for (std::size_t i = 0; i < list->elements().size(); ++i) {
      const auto& element = list->elements()[i];
      if (auto value = scalar(element))
        out.push_back(std::move(*value));
      else
        refuse(element, json::pointer_to(pointer, i), "the element is " + kind(element), "a string");
    }
  }

  void read_values(std::string_view name, std::vector<named_value>& out) {
    read_values(body_, out_.pointer, name, out);
  }
  void read_values(const node& owner, std::string_view owner_pointer, std::string_view name,
                   std::vector<named_value>& out) {
    const auto* values = member(owner, name);
    if (!values) return;
    const auto pointer = json::pointer_to(owner_pointer, name);
    if (!values->is_object())
      return refuse(*values, pointer, quoted(name) + " is " + kind(*values),
                    R"(an object: {"NAME": "value"})");
    for (const auto& m : values->members()) {
      if (m.value.is_null()) continue;
      if (auto value = scalar(m.value))
        out.push_back({m.name, std::move(*value), m.position});
      else
        refuse(m.value, json::pointer_to(pointer, m.name), "the value is " + kind(m.value), "a string");
    }
  }

  // A string, the array of opencode, or the object that Zed had.
  void read_command() {
    out_.folder = text(body_, out_.pointer, "cwd");
    const auto* command = member(body_, "command");
    if (!command) return;
    const auto pointer = json::pointer_to(out_.pointer, "command");
    if (command->is_string()) {
      out_.command = trim(*command->as_string());
    } else if (command->is_array()) {
      read_list(body_, out_.pointer, "command", out_.arguments);
      if (!out_.arguments.empty()) {
        out_.command = std::move(out_.arguments.front());
        out_.arguments.erase(out_.arguments.begin());
      }
    } else if (command->is_object()) {
      out_.command = text(*command, pointer, "path");
      read_list(*command, pointer, "args", out_.arguments);
      read_values(*command, pointer, "env", out_.environment);
    } else {
      refuse(*command, pointer, "\"command\" is " + kind(*command), "a string, or an array of strings");
    }
    read_list(body_, out_.pointer, "args", out_.arguments);
  }

  void read_address() {
    for (const auto name : {"httpUrl"sv, "url"sv, "serverUrl"sv})
      if (out_.url.empty()) {
        out_.url = text(body_, out_.pointer, name);
        if (name == "httpUrl" && !out_.url.empty()) out_.transport = "http";
      }
    if (text(body_, out_.pointer, "source") == "extension") out_.extension = out_.name;
  }

  void read_transport() {
    const auto written = text(body_, out_.pointer, body_.find("type") ? "type" : "transport");
    const auto type = lower(written);
    constexpr std::array http{"http"sv, "streamable-http"sv, "streamablehttp"sv, "streamable_http"sv};
    if (type == "stdio" || type == "local")
      out_.transport = "stdio";
    else if (type == "sse")
      out_.transport = "sse";
    else if (std::ranges::find(http, type) != http.end())
      out_.transport = "http";
    else if (!type.empty() && type != "remote")
      say(severity::warning, "mcp-config-transport",
          "the transport " + quoted(written) + " is not known: not assessed",
          "stdio, http (streamable-http) or sse");
    if (!out_.command.empty() && out_.url.empty()) out_.transport = "stdio";
  }

  void read_authentication() {
    for (const auto name : {"auth"sv, "oauth"sv}) {
      const auto* n = member(body_, name);
      if (!n || n->as_bool() == false) continue;
      out_.authenticates = true;
      if (n->is_object())
        for (const auto& m : n->members())
          if (const auto value = scalar(m.value)) out_.authentication.push_back({m.name, *value, m.position});
    }
    out_.authenticates |= member(body_, "authProviderType") != nullptr;
    if (const auto* n = member(body_, "authorization_token"))
      if (const auto value = scalar(*n))
        out_.authentication.push_back({"authorization_token", *value, n->position()});
  }

  void read_consent() {
    for (const auto name : {"autoApprove"sv, "alwaysAllow"sv}) {
      const auto* n = member(body_, name);
      if (n && n->as_bool())
        out_.approves_all |= *n->as_bool();
      else
        read_list(body_, out_.pointer, name, out_.auto_approved);
    }
    out_.approves_all |= std::erase(out_.auto_approved, "*") > 0;
    const auto* trust = member(body_, "trust"); // of Gemini: no confirmations
    out_.approves_all |= trust && trust->as_bool() == true;
  }

  // A server has a command or an address.
  bool check_target() {
    const bool has_target = !out_.command.empty() || !out_.url.empty() || !out_.extension.empty();
    if (!out_.command.empty() && !out_.url.empty()) {
      const bool remote = out_.transport == "http" || out_.transport == "sse";
      say(severity::warning, "mcp-config-both",
          "the server has a command and a URL; read as " + std::string(remote ? "remote" : "local"),
          "keep one of them");
      (remote ? out_.command : out_.url).clear();
    }
    if (has_target || failed_) return has_target;
    if (out_.disabled || body_.find("enabled") || body_.find("disabled")) {
      say(severity::note, "mcp-config-override",
          "the entry only switches a server that is defined elsewhere; left out");
      return false;
    }
    say(severity::error, "mcp-config-server",
        "the server " + quoted(out_.name) + " has neither a command nor a URL",
        R"({"command": "…", "args": []} or {"url": "…"})");
    return false;
  }

  const node& body_;
  reader_context& context_;
  server_entry out_;
  bool failed_ = false;
};

} // namespace

std::optional<server_entry> read_server(const json::member& entry, const std::string& pointer,
                                        reader_context& context) {
  return entry_reader(entry, pointer, context).run();
}

} // namespace crosscut::io::mcp
