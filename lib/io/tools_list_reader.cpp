// Results of the MCP request tools/list, and the signature dumps that recorders write: a server and its tools
// (docs/readers.md).
#include "draft.hpp"
#include "json/document.hpp"
#include "mcp_text.hpp"
#include "reader.hpp"
#include "text_scan.hpp"

#include <crosscut/base/escape.hpp>

#include <array>

namespace crosscut::io {

namespace {

using namespace std::string_view_literals;
using json::node;

constexpr std::size_t longest_name = 256, longest_description = std::size_t{16} << 10, most_fields = 256;

const node* member(const node& owner, std::string_view name) {
  const auto* found = owner.find(name);
  return found && !found->is_null() ? found : nullptr;
}

std::optional<std::string_view> text_member(const node& owner, std::string_view name) {
  const auto* found = member(owner, name);
  return found ? found->as_string() : std::nullopt;
}

// Where the tools are: the document itself, its member, or the member of a JSON-RPC result.
struct tool_array {
  const node* tools = nullptr;
  const node* owner = nullptr; ///< The object around them; null for a bare array.
  std::string pointer;
};

tool_array find_tools(const node& document) {
  if (document.is_array()) return {&document, nullptr, ""};
  if (const auto* tools = member(document, "tools")) return {tools, &document, "/tools"};
  const auto* result = member(document, "result");
  const auto* tools = result ? member(*result, "tools") : nullptr;
  return tools ? tool_array{tools, result, "/result/tools"} : tool_array{};
}

// A tool has a name, and something else that only tools have together with one.
bool looks_like_tool(const node& n, bool bare) {
  constexpr std::array tool_members{"inputSchema"sv, "description"sv, "annotations"sv, "arguments"sv,
                                    "outputSchema"sv};
  const bool described = std::ranges::any_of(tool_members, [&](auto name) { return n.find(name); });
  return n.is_object() && (n.find("name") || n.find("inputSchema")) && (described || !bare);
}

class tools_builder {
public:
  tools_builder(reader_context& context, const node& document) : context_(context), document_(document) {}

  void run() {
    const auto found = find_tools(document_);
    if (!found.tools) return refuse_document();
    if (!found.tools->is_array())
      return report("tools-list-type", *found.tools, found.pointer, "the tools are " + kind(*found.tools),
                    R"([{"name": "…"}])");
    add_server(found.owner);
    for (std::size_t i = 0; i < found.tools->elements().size(); ++i)
      add_tool(found.tools->elements()[i], json::pointer_to(found.pointer, i));
    draft_.write(context_.out);
  }

private:
  static std::string kind(const node& n) { return std::string(json::to_string(n.what())); }

  void report(std::string code, const node& at, std::string pointer, std::string message, std::string hint) {
    context_.messages.add({severity::error, std::move(code), context_.file, at.position(), std::move(pointer),
                           std::move(message), std::move(hint)});
  }

  void refuse_document() {
    const bool failed = member(document_, "jsonrpc") && member(document_, "error");
    report("tools-list-missing", document_, "",
           failed ? "the server answered tools/list with an error" : "the document has no \"tools\"",
           R"({"tools": [{"name": "…"}]})");
  }

  void add_server(const node* owner) {
    server_id_ = make_id("mcp-tools/", context_.file, context_.options.secret_key);
    auto& server = draft_.node(server_id_, "McpServer", document_.position());
    const auto* metadata = owner ? member(*owner, "metadata") : nullptr;
    const auto* info = metadata ? member(*metadata, "serverInfo") : nullptr;
    const auto name = info ? text_member(*info, "name") : std::nullopt;
    server.text("name", cut_text(name ? *name : mcp::base_name(context_.file), longest_name))
        .text("basis", "declared");
    if (const auto version = info ? text_member(*info, "version") : std::nullopt)
      server.text("version", cut_text(*version, longest_name));
    if (const auto protocol = metadata ? text_member(*metadata, "protocolVersion") : std::nullopt)
      server.text("protocol_version", cut_text(*protocol, longest_name));
    if (const auto text = metadata ? text_member(*metadata, "instructions") : std::nullopt)
      server.text("instructions", cut_text(*text, longest_description));
    set_collected(server, owner);
  }

  // All tools are here, unless the list goes on.
  void set_collected(draft::record& server, const node* owner) {
    const auto next = owner ? text_member(*owner, "nextCursor") : std::nullopt;
    if (!next || next->empty()) {
      server.flag("collected", true);
      return;
    }
    context_.messages.add(
        {severity::note, "tools-list-page", context_.file, member(*owner, "nextCursor")->position(), "",
         "this is one page of the list: other tools are not assessed", "join the pages into one list"});
  }

  void add_tool(const node& tool, const std::string& pointer) {
    if (!tool.is_object())
      return report("tools-list-type", tool, pointer, "the tool is " + kind(tool), R"({"name": "…"})");
    const auto* written = member(tool, "name");
    const auto name = written ? written->as_string() : std::nullopt;
    if (!name || name->empty())
      return report("tools-list-name", written ? *written : tool, pointer,
                    written ? "the tool's name is no text" : "the tool has no name", R"({"name": "…"})");
    if (!check_new(*name, *written, pointer)) return;
    const auto id = make_id("tool/" + server_id_ + "/", *name, context_.options.secret_key, slashes::replace);
    auto& record = draft_.node(id, "Tool", tool.position());
    record.text("name", cut_text(*name, longest_name)).text("basis", "declared");
    add_texts(record, tool);
    add_hints(record, tool);
    add_fields(record, tool);
    add_findings(record, tool);
    draft_.edge("Provides", server_id_, id, {}, tool.position()).text("basis", "declared");
  }

  bool check_new(std::string_view name, const node& at, const std::string& pointer) {
    const auto i = names_.intern(name);
    if (i == first_.size()) {
      first_.push_back(at.position());
      return true;
    }
    report("tools-list-duplicate", at, pointer,
           "the tool " + quoted(name) + " is listed twice, first in line " + std::to_string(first_[i].line),
           "one entry for each tool; lists of several servers are several files");
    return false;
  }

  static void add_texts(draft::record& record, const node& tool) {
    if (const auto title = text_member(tool, "title")) record.text("title", cut_text(*title, longest_name));
    const auto description = text_member(tool, "description");
    if (!description) return;
    record.text("description", cut_text(*description, longest_description));
    if (description->size() > longest_description)
      record.number("description_length", static_cast<std::int64_t>(description->size()));
  }

  // What the server claims about its own tool. Clients must not trust it, and neither do techniques.
  static void add_hints(draft::record& record, const node& tool) {
    constexpr std::pair<std::string_view, std::string_view> hints[] = {
        {"readOnlyHint", "hint_read_only"},
        {"destructiveHint", "hint_destructive"},
        {"idempotentHint", "hint_idempotent"},
        {"openWorldHint", "hint_open_world"}};
    const auto* annotations = member(tool, "annotations");
    if (!annotations) return;
    for (const auto& [written, property] : hints) {
      const auto* hint = member(*annotations, written);
      const auto value = hint ? hint->as_bool() : std::nullopt;
      if (value) record.flag(property, *value).text("hints_basis", "claimed");
    }
  }

  // The names of the parameters: of the input schema, or of the list that the Docker registry has instead.
  static void add_fields(draft::record& record, const node& tool) {
    std::vector<std::string> fields;
    const auto* schema = member(tool, "inputSchema");
    const auto* properties = schema ? member(*schema, "properties") : nullptr;
    const auto* arguments = member(tool, "arguments");
    if (properties)
      for (const auto& m : properties->members()) fields.push_back(cut_text(m.name, longest_name));
    else if (arguments)
      for (const auto& a : arguments->elements())
        if (const auto name = text_member(a, "name")) fields.push_back(cut_text(*name, longest_name));
    if (fields.empty() && !(properties && properties->is_object())) return;
    if (fields.size() > most_fields) {
      record.number("schema_field_count", static_cast<std::int64_t>(fields.size()));
      fields.resize(most_fields);
    }
    record.list("schema_fields", std::move(fields));
  }

  // Every text that a model gets to see, as deep as it lies: descriptions of parameters are read like that of
  // the tool.
  template <class See> static void each_text(const node& n, See see) {
    if (const auto text = n.as_string()) see(*text);
    for (const auto& e : n.elements()) each_text(e, see);
    for (const auto& m : n.members()) {
      see(std::string_view(m.name));
      each_text(m.value, see);
    }
  }

  static void add_findings(draft::record& record, const node& tool) {
    auto hidden = hidden_text::none;
    std::string_view instruction;
    each_text(tool, [&](std::string_view text) {
      if (hidden == hidden_text::none) hidden = find_hidden_text(text);
      if (instruction.empty()) instruction = find_instruction(text);
    });
    // All of the text was looked at, so that nothing is hidden in it is known; that nothing in it instructs
    // is not.
    record.flag("hidden_text", hidden != hidden_text::none);
    record.text("hidden_text_basis", hidden == hidden_text::none
                                         ? "inferred:text-scan"
                                         : "inferred:" + std::string(to_string(hidden)));
    if (!instruction.empty())
      record.flag("instructs", true).text("instructs_basis", "inferred:phrase " + std::string(instruction));
  }

  reader_context& context_;
  const node& document_;
  draft draft_;
  std::string server_id_;
  string_pool names_;
  std::vector<source_position> first_; // of each name, numbered as names_
};

} // namespace

bool looks_like_tools_list(const node& document) {
  constexpr std::array others{"graph"sv, "mcpServers"sv, "mcp"sv, "context_servers"sv};
  if (std::ranges::any_of(others, [&](auto name) { return document.find(name); })) return false;
  const auto found = find_tools(document);
  if (!found.tools || !found.tools->is_array()) return false;
  const auto tools = found.tools->elements();
  return tools.empty()
             ? found.owner != nullptr
             : std::ranges::any_of(tools, [&](const node& n) { return looks_like_tool(n, !found.owner); });
}

bool read_tools_list(const node& document, reader_context& context) {
  const auto errors_before = context.messages.count(severity::error);
  tools_builder(context, document).run();
  return context.messages.count(severity::error) == errors_before;
}

} // namespace crosscut::io
