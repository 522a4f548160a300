// MCP client configurations: a client, the servers it may call, their code, their credentials
// (docs/readers.md).
#include "draft.hpp"
#include "mcp_launch.hpp"
#include "mcp_secret.hpp"
#include "mcp_server.hpp"
#include "mcp_shapes.hpp"
#include "mcp_text.hpp"
#include "mcp_url.hpp"
#include "text_scan.hpp"

#include <crosscut/base/escape.hpp>
#include <crosscut/base/hash.hpp>

namespace crosscut::io {

namespace {

using namespace std::string_view_literals;
using namespace mcp;

constexpr std::size_t longest_name = 256, longest_path = 1024;
constexpr auto declared = "declared"sv, from_line = "inferred:command-line"sv;
constexpr auto local_runtime = "runtime/local"sv;

// Everything that decides which thing this is, in one text: each part with its length, so that no two lists
// give one text.
class identity {
public:
  identity& add(std::string_view part) {
    text_ += std::to_string(part.size());
    text_ += ':';
    text_ += part;
    return *this;
  }
  std::uint64_t hash(hash_key key) const noexcept { return siphash(text_, key); }

private:
  std::string text_;
};

class config_builder {
public:
  config_builder(reader_context& context, const json::node& document)
      : context_(context), where_(document.position()), shape_(read_shape(document, context)) {}

  void run(const json::node& document) {
    if (!shape_.known && !document.members().empty()) return refuse_shape(document);
    add_client();
    std::size_t entries = 0;
    for (const auto& section : shape_.sections)
      for (const auto& m : section.servers->members()) {
        if (section.pointer.empty() && m.name.starts_with('$')) continue; // "$schema" beside flat servers
        ++entries;
        if (const auto entry = read_server(m, json::pointer_to(section.pointer, m.name), context_))
          add_server(*entry, section.project);
      }
    mark_disabled();
    if (entries == 0 && !context_.messages.has_errors())
      say(severity::note, "mcp-config-empty", where_, {}, "no MCP servers are configured here");
    draft_.write(context_.out);
  }

private:
  using record = draft::record;

  void say(severity level, std::string code, source_position where, std::string pointer, std::string message,
           std::string hint = {}) {
    context_.messages.add({level, std::move(code), context_.file, where, std::move(pointer),
                           std::move(message), std::move(hint)});
  }

  void refuse_shape(const json::node& document) {
    say(severity::error, "mcp-config-shape", document.position(), {},
        "no part of this document is where an MCP client keeps its servers",
        R"({"mcpServers": {"NAME": {"command": "…", "args": []}}})");
  }

  hash_key key() const noexcept { return context_.options.secret_key; }

  void add_client() {
    client_id_ = make_id("mcp-client/", context_.file, key());
    const auto of_file = client_of_file(context_.file);
    const bool by_shape = !shape_.client.empty();
    const auto client = by_shape ? std::string_view(shape_.client) : of_file;
    auto& agent = draft_.node(client_id_, "Agent", where_);
    agent.text("name", client.empty() ? cut_text(base_name(context_.file), longest_name) : client);
    if (!client.empty()) agent.text("client", client);
    agent.text("basis", by_shape           ? "inferred:client-shape"
                        : !of_file.empty() ? "inferred:file-name"
                                           : "inferred:client-configuration");
  }

  void add_server(const server_entry& entry, const std::string& project) {
    credentials found;
    const auto id = !entry.command.empty() ? add_local(entry, found)
                    : !entry.url.empty()   ? add_remote(entry, found)
                                           : add_extension(entry);
    find_credentials(entry, found);
    for (const auto& c : found) add_secret(id, c);
    add_consent(entry, id, project);
    if (entry.disabled) {
      disabled_.push_back(id);
      say(severity::note, "mcp-config-disabled", entry.where, entry.pointer,
          "the server " + quoted(entry.name) + " is disabled: kept, but not called by this client");
    } else {
      enabled_.intern(id);
      add_call(entry, id, project);
      if (!entry.url.empty()) add_authentication(entry, id, found);
    }
  }

  record& server(const std::string& id, const server_entry& entry) {
    auto& node = draft_.node(id, "McpServer", entry.where);
    node.text("name", cut_text(entry.name, longest_name)).text("basis", declared);
    if (!entry.transport.empty()) node.text("transport", entry.transport);
    return node;
  }

  // --- local servers

  std::string add_local(const server_entry& entry, credentials& found) {
    auto line = understand_launch(entry.command, entry.arguments);
    find_in_arguments(line.line, shape_.sensitive_inputs, entry.where, found);
    hide_misread(line, found);
    const auto hash = identity_of(line, entry).hash(key());
    const auto label =
        line.from ? (line.from == origin::local ? base_name(line.package) : std::string_view(line.package))
                  : std::string_view(line.program);
    const auto id = make_id("mcp/", label, key()) + '#' + to_hex(hash);
    auto& node = server(id, entry).text("command", cut_text(line.program, longest_name));
    if (line.from) {
      node.text("package", cut_text(line.package, longest_path));
      if (!line.version.empty()) node.text("version", cut_text(line.version, longest_name));
      if (line.pinned) node.flag("pinned", *line.pinned);
      add_artifact(id, line, entry);
    }
    add_bridge(node, line);
    if (!entry.disabled) add_runtime(id, line, hash, entry);
    find_in_variables(line, entry, found);
    return id;
  }

  // A credential where the command line was expected to name a package: the line was not understood.
  static void hide_misread(launch& line, const credentials& found) {
    for (const auto& c : found)
      if (c.literal &&
          (line.package.find(c.value) != line.package.npos ||
           line.version.find(c.value) != line.version.npos) &&
          !c.value.empty())
        line.from.reset(), line.package.clear(), line.version.clear(), line.pinned.reset();
  }

  // A relative path means something in one folder only: that of the entry, else that of the configuration.
  std::string scope_of(const launch& line, const server_entry& entry) const {
    if (!line.relative) return {};
    const std::string_view file = context_.file;
    return std::string(file.substr(0, file.size() - base_name(file).size())) + '\n' + entry.folder;
  }

  identity identity_of(const launch& line, const server_entry& entry) const {
    credentials ignored;
    identity who;
    who.add(line.from ? to_string(*line.from) : std::string_view(line.program))
        .add(line.package)
        .add(line.version);
    who.add(scope_of(line, entry)).add(line.container ? "container" : "");
    const auto common =
        find_in_arguments(line.from ? line.arguments : line.line, shape_.sensitive_inputs, {}, ignored);
    for (const auto& a : common) who.add(a);
    return who;
  }

  void add_artifact(const std::string& server_id, const launch& line, const server_entry& entry) {
    const bool public_registry =
        (line.from == origin::npm || line.from == origin::pypi || line.from == origin::oci) &&
        !line.other_registry;
    auto name = line.package + (line.version.empty() ? "" : "@" + line.version);
    std::ranges::replace(name, ':', '-'); // digests; names that need more are hashed
    auto id = make_id("artifact/" + std::string(to_string(*line.from)) + "/", name, key());
    if (line.relative)
      id += '#' + to_hex(identity().add(scope_of(line, entry)).add(line.package).hash(key()));
    auto& artifact = draft_.node(id, "Artifact", entry.where);
    artifact.text("name", cut_text(line.package, longest_path)).text("ecosystem", to_string(*line.from));
    if (!line.version.empty()) artifact.text("version", cut_text(line.version, longest_name));
    if (line.pinned) artifact.flag("pinned", *line.pinned);
    if (public_registry) artifact.text("trust", "external");
    artifact.text("basis", public_registry ? "inferred:public-registry"sv : from_line);
    auto& built = draft_.edge("BuiltFrom", server_id, id, {}, entry.where).text("basis", from_line);
    if (line.pinned) built.flag("pinned", *line.pinned);
  }

  // A program on this machine that only hands everything on to a remote server.
  static void add_bridge(record& node, const launch& line) {
    if (line.from != origin::npm || line.package != "mcp-remote") return;
    for (const auto& a : line.arguments)
      if (const auto address = parse_url(a)) return add_address(node, *address, "inferred:bridge");
  }

  void add_runtime(const std::string& id, const launch& line, std::uint64_t hash, const server_entry& entry) {
    draft_.node(local_runtime, "Runtime", entry.where)
        .text("name", "this workstation")
        .text("basis", "inferred:stdio");
    draft_.edge("RunsOn", client_id_, local_runtime, {}, where_).text("basis", "inferred:stdio");
    if (!line.container || line.privileged) {
      draft_.edge("RunsOn", id, local_runtime, {}, entry.where)
          .text("basis", line.container ? "inferred:privileged-container" : "inferred:stdio");
      return;
    }
    const auto runtime = make_id("runtime/container/", line.package, key()) + '#' + to_hex(hash);
    auto& node = draft_.node(runtime, "Runtime", entry.where);
    node.text("name", "container of " + cut_text(line.package, longest_name))
        .text("basis", "inferred:container");
    if (line.no_network) node.text("network", "sandbox");
    draft_.edge("RunsOn", id, runtime, {}, entry.where).text("basis", "inferred:container");
  }

  void find_in_variables(const launch& line, const server_entry& entry, credentials& found) {
    for (const auto& [name, value] : line.environment)
      find_in_value(name, value, shape_.sensitive_inputs, entry.where, found);
    for (const auto& name : line.passed_on) {
      const bool given =
          std::ranges::find(entry.environment, name, &named_value::name) != entry.environment.end();
      if (!given) find_in_value(name, "${" + name + "}", shape_.sensitive_inputs, entry.where, found);
    }
  }

  // --- remote servers

  std::string add_remote(const server_entry& entry, credentials& found) {
    const auto address = parse_url(entry.url);
    find_in_url("url", entry.url, entry.where, found);
    identity who;
    if (address && address->host_known)
      who.add("url").add(common_form(*address));
    else
      who.add("url of one file").add(context_.file).add(entry.url);
    const auto id =
        make_id("mcp/", address ? label(*address) : "remote", key()) + '#' + to_hex(who.hash(key()));
    auto& node = server(id, entry);
    if (address)
      add_address(node, *address, "inferred:url-host");
    else if (!find_placeholder(entry.url))
      say(severity::warning, "mcp-config-url", entry.where, entry.pointer,
          "the URL is not absolute: where the server is was not assessed", "https://host/path");
    return id;
  }

  static void add_address(record& node, const url& address, std::string_view basis) {
    node.text("url", cut_text(shown(address), longest_path));
    const auto network = network_of(address);
    if (!network.empty()) node.text("network", network).text("network_basis", basis);
  }

  std::string add_extension(const server_entry& entry) {
    const auto id = make_id("mcp/extension/", entry.extension, key()) + '#' +
                    to_hex(identity().add("extension").add(entry.extension).hash(key()));
    server(id, entry);
    return id;
  }

  // --- what clients and servers have

  void find_credentials(const server_entry& entry, credentials& found) {
    for (const auto& v : entry.environment)
      find_in_value(v.name, v.value, shape_.sensitive_inputs, v.where, found);
    for (const auto& v : entry.headers)
      find_in_value(v.name, v.value, shape_.sensitive_inputs, v.where, found);
    for (const auto& v : entry.authentication)
      find_in_value(v.name, v.value, shape_.sensitive_inputs, v.where, found);
  }

  void add_secret(const std::string& holder, const credential& c) {
    if (c.literal && c.value.empty()) return;
    // A reference means the same in one file only: the file does not say whose environment it is.
    const auto reference = c.reference.empty() ? identity().add(context_.file).add(holder).add(c.key)
                                               : identity().add(context_.file).add(c.reference);
    const hash_key reference_key{~key()[0], key()[1]}; // so that no value has the id of a reference
    const auto id = "secret/" + to_hex(c.literal ? siphash(c.value, key()) : reference.hash(reference_key));
    const auto name = cut_text(c.key, longest_name);
    auto& secret = draft_.node(id, "Secret", c.where).text("name", name).text("basis", c.basis);
    if (!c.reference.empty()) secret.text("reference", c.reference);
    draft_.edge("Holds", holder, id, name, c.where).flag("literal", c.literal).text("basis", declared);
  }

  void add_call(const server_entry& entry, const std::string& id, const std::string& project) {
    auto& call = draft_.edge("Calls", client_id_, id, project, entry.where).text("basis", declared);
    if (entry.approves_all) call.text("approval", "never");
    call.append("configured_as", cut_text(entry.name, longest_name));
  }

  // The client shows a credential, so the server asks for one. That none is configured says nothing: it may
  // be asked for later.
  void add_authentication(const server_entry& entry, const std::string& id, const credentials& found) {
    const bool shown_one =
        std::ranges::any_of(found, [](const credential& c) { return c.literal || !c.reference.empty(); });
    if (!shown_one && !entry.authenticates) return;
    draft_.node(id, "McpServer", entry.where)
        .flag("authenticated", true)
        .text("authenticated_basis", "inferred:client-credential");
  }

  void add_consent(const server_entry& entry, const std::string& id, const std::string& project) {
    for (const auto& name : entry.auto_approved) {
      const auto tool_id = make_id("tool/" + id + "/", name, key(), slashes::replace);
      auto& tool = draft_.node(tool_id, "Tool", entry.where);
      tool.text("name", cut_text(name, longest_name)).text("approval", "never").text("basis", declared);
      const auto hidden = find_hidden_text(name);
      if (hidden != hidden_text::none)
        tool.flag("hidden_text", true)
            .text("hidden_text_basis", "inferred:" + std::string(to_string(hidden)));
      draft_.edge("Provides", id, tool_id, {}, entry.where).text("basis", declared);
      if (!entry.disabled)
        draft_.edge("Calls", client_id_, tool_id, project, entry.where)
            .text("approval", "never")
            .text("basis", declared);
    }
  }

  // A server may be disabled under one name, or for one project, and enabled under another.
  void mark_disabled() {
    for (const auto& id : disabled_)
      if (enabled_.find(id) == no_index) draft_.node(id, "McpServer", where_).text("status", "disabled");
  }

  reader_context& context_;
  source_position where_;
  config_shape shape_;
  draft draft_;
  std::string client_id_;
  std::vector<std::string> disabled_;
  string_pool enabled_;
};

} // namespace

bool looks_like_mcp_config(const json::node& document) {
  return document.is_object() && !document.find("graph") && !looks_like_tools_list(document) &&
         is_known_shape(document);
}

bool read_mcp_config(const json::node& document, reader_context& context) {
  const auto errors_before = context.messages.count(severity::error);
  if (!document.is_object()) {
    context.messages.add({severity::error,
                          "mcp-config-shape",
                          context.file,
                          document.position(),
                          {},
                          "the document is " + std::string(json::to_string(document.what())),
                          R"({"mcpServers": {"NAME": {"command": "…", "args": []}}})"});
    return false;
  }
  config_builder(context, document).run(document);
  return context.messages.count(severity::error) == errors_before;
}

} // namespace crosscut::io
