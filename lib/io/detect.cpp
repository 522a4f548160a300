#include "detect.hpp"

#include "json/document.hpp"
#include "json/events.hpp"
#include "opengraph_record.hpp"

#include <crosscut/base/escape.hpp>

#include <algorithm>

namespace crosscut::io {

namespace {

using opengraph::field;

// Looks at the members of the outermost object, and of its member "graph", until they say enough.
class first_object final : public json::sink {
public:
  std::optional<opengraph_form> form() const noexcept {
    using enum field;
    if (graph_fits_ || (has(graph) && has(metadata) && graph_is_object_)) return opengraph_form::whole;
    if (has(id) && has(kinds)) return opengraph_form::lines;
    if (has(kind) && (has(start) || has(field::end) || has(start_id) || has(end_id)))
      return opengraph_form::lines;
    return std::nullopt;
  }

  void key(std::string_view name) override {
    if (depth_ > 2 || (depth_ == 2 && !in_graph_)) return;
    const auto f = opengraph::find_field(name);
    if (depth_ == 1) {
      seen_ |= bit(f);
      in_graph_ = f == field::graph;
    } else if (f == field::nodes || f == field::edges) {
      graph_fits_ = true;
    }
    if (form()) stop();
  }
  void object_begin() override {
    if (++depth_ == 2 && in_graph_) graph_is_object_ = true;
  }
  void object_end() override {
    if (--depth_ == 0) stop();
  }
  void array_begin() override {
    if (++depth_ == 1) stop();
  }
  void array_end() override { --depth_; }
  void string(std::string_view) override { scalar(); }
  void int64(std::int64_t) override { scalar(); }
  void uint64(std::uint64_t) override { scalar(); }
  void real(double) override { scalar(); }
  void boolean(bool) override { scalar(); }
  void null() override { scalar(); }

private:
  static constexpr std::uint32_t bit(field f) noexcept { return 1u << static_cast<unsigned>(f); }
  bool has(field f) const noexcept { return (seen_ & bit(f)) != 0; }
  void scalar() noexcept {
    if (depth_ == 0) stop();
  }

  std::uint32_t seen_ = 0;
  std::size_t depth_ = 0;
  bool in_graph_ = false, graph_is_object_ = false, graph_fits_ = false;
};

// The first `limit` bytes of another stream.
class limited_buffer final : public std::streambuf {
public:
  limited_buffer(std::streambuf& source, std::streamsize limit) : source_(source), left_(limit) {}

protected:
  std::streamsize xsgetn(char* to, std::streamsize n) override {
    const auto got = source_.sgetn(to, std::min(n, left_));
    left_ -= got;
    return got;
  }

private:
  std::streambuf& source_;
  std::streamsize left_;
};

diagnostic unknown(const std::string& file, std::string message) {
  return {
      severity::error, "unknown-format", file, {}, {}, std::move(message), "known formats: " + format_list()};
}

// "[servers.x]" begins a table in TOML and nothing in JSON.
bool is_toml_table(std::string_view line) noexcept {
  if (!line.starts_with('[')) return false;
  line.remove_prefix(std::min(line.find_first_not_of('['), line.size()));
  const auto word =
      line.substr(0, line.find_first_not_of("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ_"));
  return !word.empty() && word != "true" && word != "false" && word != "null";
}

std::string_view kind_text(const json::node& document) { return json::to_string(document.what()); }

} // namespace

std::string format_list() {
  std::string list;
  for (const auto f : known_formats) list += (list.empty() ? "" : ", ") + std::string(f);
  return list;
}

std::optional<opengraph_form> detect_opengraph(std::istream& in) {
  limited_buffer beginning(*in.rdbuf(), std::streamsize{16} << 20);
  std::istream limited(&beginning);
  json::read_options options;
  options.chunk = 4096;
  first_object found;
  diagnostics problems; // belong to whoever reads the input in earnest
  json::read(limited, options, found, problems);
  return found.form();
}

std::string_view detect_document(const json::node& document) {
  if (looks_like_tools_list(document)) return "tools-list";
  if (looks_like_mcp_config(document)) return "mcp-config";
  return {};
}

diagnostic unknown_document(const std::string& file, const json::node& document) {
  constexpr std::size_t most_names = 8, longest = 40;
  if (!document.is_object())
    return unknown(file, "the input is of no known format: it is " + std::string(kind_text(document)));
  if (document.members().empty())
    return unknown(file, "the input is of no known format: it is an empty object");
  std::string names;
  for (const auto& m : document.members().first(std::min(document.members().size(), most_names)))
    names += (names.empty() ? "" : ", ") + quoted(m.name, longest);
  if (document.members().size() > most_names) names += ", …";
  return unknown(file, "the input is of no known format: its top-level members are " + names);
}

std::optional<diagnostic> not_json(const std::string& file, std::string_view beginning) {
  if (beginning.starts_with("\xef\xbb\xbf")) beginning.remove_prefix(3);
  beginning.remove_prefix(std::min(beginning.find_first_not_of(" \t\r\n"), beginning.size()));
  if (beginning.empty()) return unknown(file, "the input is empty");
  const auto line = beginning.substr(0, beginning.find_first_of("\r\n"));
  if (std::string_view("{[\"/").find(line.front()) != std::string_view::npos && !is_toml_table(line))
    return std::nullopt;
  auto d = unknown(file, "the input is no JSON object or array: it begins with " + quoted(line, 60));
  d.hint += "; the YAML and TOML forms of MCP configurations are not read yet";
  return d;
}

} // namespace crosscut::io
