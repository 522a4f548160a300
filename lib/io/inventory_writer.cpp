// A property graph as OpenGraph JSON, one record a line in both forms, so that two inventories can be
// compared line by line.
#include "json/writer.hpp"
#include "opengraph_aliases.hpp"

#include <crosscut/base/hash.hpp>
#include <crosscut/io/write_inventory.hpp>

#include <ostream>
#include <unordered_set>

namespace crosscut::io {

namespace {

// The ids to write. Two ids never get one alias, by a second hash where it must be.
class ids {
public:
  ids(const property_graph& g, bool bloodhound) : graph_(g) {
    if (!bloodhound) return;
    hashes_.resize(g.node_count());
    std::unordered_set<std::uint64_t> used;
    for (index_t v = 0; v < g.node_count(); ++v) {
      if (!refused(g.node_id(v))) continue;
      std::string text(g.node_id(v));
      do {
        hashes_[v] = siphash(text, alias_key);
        text += '\0';
      } while (hashes_[v] == 0 || !used.insert(hashes_[v]).second);
    }
  }

  bool is_alias(index_t node) const noexcept { return !hashes_.empty() && hashes_[node] != 0; }
  void write(json::writer& out, index_t node) const {
    if (is_alias(node))
      out.value(std::string(opengraph::alias_prefix) + to_hex(hashes_[node]));
    else
      out.value(graph_.node_id(node));
  }

private:
  static constexpr hash_key alias_key{0x63726f7373637574, 0x626c6f6f64686e64};
  static bool refused(std::string_view id) noexcept {
    return id.find(':') != std::string_view::npos || opengraph::aliases::looks_like(id);
  }

  const property_graph& graph_;
  std::vector<std::uint64_t> hashes_; // 0: written as it is
};

struct value_writer {
  json::writer& out;

  void operator()(std::monostate) const { out.null(); }
  void operator()(std::span<const scalar_view> list) const {
    out.begin_array();
    for (const auto& element : list) std::visit(*this, element);
    out.end_array();
  }
  template <class Scalar> void operator()(const Scalar& scalar) const { out.value(scalar); }
};

class inventory_writer {
public:
  inventory_writer(std::ostream& out, const property_graph& g, const write_inventory_options& options)
      : out_(out),
        graph_(g),
        lines_(options.lines),
        ids_(g, options.bloodhound_ids),
        nodes_(g.node_property_rows()),
        edges_(g.edge_property_rows()) {}

  void run() {
    if (!lines_) text_ = R"({"metadata":{"source_kind":"Crosscut"},"graph":{"nodes":[)";
    for (index_t v = 0; v < graph_.node_count(); ++v) {
      begin_record(v == 0);
      write_node(v);
    }
    if (!lines_) text_ += "\n],\"edges\":[";
    for (index_t e = 0; e < graph_.edge_count(); ++e) {
      begin_record(e == 0);
      write_edge(e);
    }
    if (!lines_) text_ += "\n]}}";
    if (!text_.empty()) text_ += '\n';
    flush();
  }

private:
  static constexpr std::size_t flush_size = std::size_t{64} << 10;

  void begin_record(bool first) {
    if (text_.size() > flush_size) flush();
    if (lines_ ? begun_ : !first)
      text_ += lines_ ? "\n" : ",\n";
    else if (!lines_)
      text_ += '\n';
    begun_ = true;
  }

  void write_node(index_t v) {
    json::writer json(text_);
    json.begin_object().key("id");
    ids_.write(json, v);
    json.key("kinds").begin_array();
    for (const auto k : graph_.node_kinds(v)) json.value(graph_.kind_name(k));
    json.end_array().key("properties").begin_object();
    bool alias_due = ids_.is_alias(v);
    const auto write_alias = [&] {
      json.member(opengraph::alias_property, graph_.node_id(v));
      alias_due = false;
    };
    for (const auto key : nodes_.keys(v)) {
      const auto name = graph_.node_key_name(key);
      if (alias_due && name >= opengraph::alias_property) write_alias();
      if (ids_.is_alias(v) && name == opengraph::alias_property) continue;
      write_property(json, name, graph_.node_property(v, key).value);
    }
    if (alias_due) write_alias();
    json.end_object().end_object().finish();
  }

  void write_edge(index_t e) {
    json::writer json(text_);
    json.begin_object().member("kind", graph_.kind_name(graph_.edge_kind(e)));
    write_end(json, "start", graph_.source(e));
    write_end(json, "end", graph_.target(e));
    json.key("properties").begin_object();
    for (const auto key : edges_.keys(e))
      write_property(json, graph_.edge_key_name(key), graph_.edge_property(e, key).value);
    json.end_object().end_object().finish();
  }

  void write_end(json::writer& json, std::string_view name, index_t node) const {
    json.key(name).begin_object().key("value");
    ids_.write(json, node);
    json.end_object();
  }

  static void write_property(json::writer& json, std::string_view name, const value_view& value) {
    json.key(name);
    std::visit(value_writer{json}, value);
  }

  void flush() {
    out_.write(text_.data(), static_cast<std::streamsize>(text_.size()));
    text_.clear();
  }

  std::ostream& out_;
  const property_graph& graph_;
  bool lines_;
  bool begun_ = false;
  ids ids_;
  property_rows nodes_, edges_;
  std::string text_;
};

} // namespace

void write_inventory(std::ostream& out, const property_graph& inventory,
                     const write_inventory_options& options) {
  inventory_writer(out, inventory, options).run();
}

} // namespace crosscut::io
