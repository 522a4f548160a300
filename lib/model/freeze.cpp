// Logs in, canonical graph out: order the nodes and edges, merge what several records say, check, build the rows.
#include <crosscut/base/escape.hpp>
#include <crosscut/base/hash.hpp>
#include <crosscut/model/inventory_builder.hpp>

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <numeric>
#include <unordered_map>
#include <utility>

namespace crosscut {

class inventory_builder::freezer {
public:
  freezer(inventory_builder& b, diagnostics& out, freeze_options options)
      : b_(b), out_(out), options_(options) {}

  std::optional<property_graph> run() {
    const auto errors_before = out_.count(severity::error);
    if (!check_sizes()) return std::nullopt;
    seal_pools();
    order_names();
    order_nodes();
    unite_kinds();
    order_edges();
    g_.strings_ = std::move(b_.strings_);
    g_.list_elements_ = std::move(b_.list_elements_);
    g_.list_offsets_ = std::move(b_.list_offsets_);
    resolve_columns(b_.node_properties_, node_of_record_, g_.node_columns_, node_side());
    resolve_columns(b_.edge_properties_, edge_of_record_, g_.edge_columns_, edge_side());
    g_.ids_ = std::move(b_.ids_);
    set_layers();
    forget_records();
    build_rows();
    name_kinds();
    g_.name_key_ = g_.find_node_key("name");
    g_.collected_key_ = g_.find_node_key("collected");
    if (out_.count(severity::error) != errors_before) return std::nullopt;
    g_.fingerprint_ = content_fingerprint();
    return std::move(g_);
  }

private:
  using kind_index = property_graph::kind_index;

  // What differs between the columns of nodes and those of edges.
  struct side {
    bool edges;
    std::size_t elements;
  };
  side node_side() const { return {false, g_.node_count()}; }
  side edge_side() const { return {true, g_.edge_count()}; }

  // Where one value of a property came from.
  struct origin {
    index_t record;
    bool edge;
  };

  std::string_view name(index_t i) const { return b_.names_[i]; }

  bool check_sizes() {
    const bool fits = b_.nodes_.size() < no_index && b_.edges_.size() < no_index &&
                      b_.ids_.size() < no_index && b_.list_elements_.size() < no_index;
    if (!fits)
      out_.add({severity::error,
                "too-large",
                {},
                {},
                {},
                "more than 2^32 - 2 node or edge records, or elements of lists",
                "split the inventory"});
    return fits;
  }

  // --- names

  // The names go to the graph's strings first, since the tables to look strings up in are given back before the largest arrays are made.
  void seal_pools() {
    for (index_t i = 0; i < b_.names_.size(); ++i) string_of_name_.push_back(b_.strings_.intern(name(i)));
    b_.strings_.seal();
    b_.ids_.seal();
  }

  // Kinds in byte order. The names pool also holds property names; only those used as kinds are numbered.
  void order_names() {
    std::vector<bool> is_kind(b_.names_.size());
    for (std::size_t i = 0; i < b_.nodes_.size(); ++i)
      for (const auto k : b_.kind_lists_[b_.nodes_[i].kinds]) is_kind[k] = true;
    for (std::size_t i = 0; i < b_.edges_.size(); ++i) is_kind[b_.edges_[i].kind] = true;
    for (index_t i = 0; i < is_kind.size(); ++i)
      if (is_kind[i]) kinds_.push_back(i);
    std::ranges::sort(kinds_, {}, [this](index_t i) { return name(i); });
    if (kinds_.size() >= property_graph::no_kind) {
      out_.add({severity::error,
                "too-many-kinds",
                {},
                {},
                {},
                std::to_string(kinds_.size()) + " different kinds",
                "at most 65,534 kinds are supported"});
      kinds_.resize(property_graph::no_kind - 1);
    }
    kind_of_name_.assign(b_.names_.size(), property_graph::no_kind);
    for (std::size_t k = 0; k < kinds_.size(); ++k) kind_of_name_[kinds_[k]] = static_cast<kind_index>(k);
  }

  void name_kinds() {
    for (const auto i : kinds_) g_.kind_names_.push_back(string_of_name_[i]);
  }

  // --- nodes

  void order_nodes() {
    std::vector<std::uint8_t> known(b_.ids_.size()); // 1: mentioned, 2: defined
    for (std::size_t i = 0; i < b_.edges_.size(); ++i) {
      const auto& e = b_.edges_[i];
      known[e.source] |= 1;
      known[e.target] |= 1;
    }
    for (std::size_t i = 0; i < b_.nodes_.size(); ++i) known[b_.nodes_[i].node] |= 2;
    report_undefined(known);
    for (index_t i = 0; i < known.size(); ++i)
      if (known[i]) g_.node_ids_.push_back(i);
    sort_by_text(g_.node_ids_);
    rank_.assign(known.size(), no_index);
    for (index_t v = 0; v < g_.node_ids_.size(); ++v) rank_[g_.node_ids_[v]] = v;
    node_of_record_.resize(b_.nodes_.size());
    for (std::size_t i = 0; i < b_.nodes_.size(); ++i) node_of_record_[i] = rank_[b_.nodes_[i].node];
  }

  // Most comparisons are decided by the first eight bytes, kept beside the index: no cache miss.
  void sort_by_text(std::vector<index_t>& ids) const {
    std::vector<std::pair<std::uint64_t, index_t>> keyed;
    keyed.reserve(ids.size());
    for (const auto i : ids) {
      std::uint64_t prefix = 0;
      const auto text = b_.ids_[i];
      for (std::size_t c = 0; c < 8; ++c)
        prefix = prefix << 8 | (c < text.size() ? static_cast<unsigned char>(text[c]) : 0u);
      keyed.emplace_back(prefix, i);
    }
    std::ranges::sort(keyed, [this](const auto& l, const auto& r) {
      return l.first != r.first ? l.first < r.first : b_.ids_[l.second] < b_.ids_[r.second];
    });
    std::ranges::transform(keyed, ids.begin(), [](const auto& k) { return k.second; });
  }

  void report_undefined(const std::vector<std::uint8_t>& known) {
    if (std::ranges::find(known, 1) == known.end()) return;
    std::unordered_map<index_t, std::pair<std::size_t, std::size_t>> seen; // node -> first edge, how many
    std::vector<index_t> order;
    for (std::size_t i = 0; i < b_.edges_.size(); ++i)
      for (const auto node : {b_.edges_[i].source, b_.edges_[i].target}) {
        if (known[node] != 1) continue;
        auto& [first, n] = seen.try_emplace(node, i, 0).first->second;
        if (n++ == 0) order.push_back(node);
      }
    for (const auto node : order) {
      const auto [first, n] = seen[node];
      const auto more = n > 1 ? " (" + std::to_string(n) + " ends of edges; this is the first)" : "";
      add(options_.keep_going ? severity::warning : severity::error, "undefined-node",
          {static_cast<index_t>(first), true},
          "an edge " + edge_text(b_.edges_[first]) + " ends at node " + quoted(b_.ids_[node]) +
              ", which no file defines" + more,
          options_.keep_going ? "the node was made without kinds" : "add the node, or the file that has it");
    }
  }

  // Most nodes have the list of their one record. Only the others' lists are put together, so that the work is that of reading
  // the records, however many kinds an attacker gives to however many records of a node.
  void unite_kinds() {
    constexpr index_t several = no_index - 1;
    std::vector<index_t> list_of(g_.node_count(), no_index); // in the builder
    for (std::size_t i = 0; i < b_.nodes_.size(); ++i) {
      const auto list = b_.nodes_[i].kinds;
      auto& mine = list_of[node_of_record_[i]];
      if (b_.kind_lists_[list].empty() || mine == list) continue;
      mine = mine == no_index ? list : several;
    }
    std::map<std::vector<index_t>, index_t> numbers;
    std::vector<index_t> number_of(b_.kind_lists_.size(), no_index); // in the graph, by number in the builder
    const auto none = number_list({}, numbers);
    for (auto& list : list_of) {
      if (list == several) continue;
      if (list == no_index)
        list = none;
      else if (number_of[list] != no_index)
        list = number_of[list];
      else
        list = number_of[list] = number_list(b_.kind_lists_[list], numbers);
    }
    unite_several(list_of, several, numbers);
    for (const auto list : list_of)
      g_.primary_kinds_.push_back(g_.kind_lists_[list].empty() ? property_graph::no_kind
                                                               : g_.kind_lists_[list][0]);
    g_.node_kind_lists_ = std::move(list_of);
  }

  void unite_several(std::vector<index_t>& list_of, index_t several,
                     std::map<std::vector<index_t>, index_t>& numbers) {
    std::vector<std::uint64_t> records; // node, then record
    for (std::size_t i = 0; i < b_.nodes_.size(); ++i)
      if (list_of[node_of_record_[i]] == several)
        records.push_back(std::uint64_t{node_of_record_[i]} << 32 | i);
    std::ranges::sort(records);
    std::vector<index_t> last_node(b_.names_.size(), no_index); // that got this kind
    for (std::size_t i = 0; i < records.size();) {
      const auto node = static_cast<index_t>(records[i] >> 32);
      std::vector<index_t> kinds;
      for (; i < records.size() && records[i] >> 32 == node; ++i)
        for (const auto k : b_.kind_lists_[b_.nodes_[static_cast<index_t>(records[i])].kinds])
          if (std::exchange(last_node[k], node) != node) kinds.push_back(k);
      list_of[node] = number_list(kinds, numbers);
    }
  }

  index_t number_list(const std::vector<index_t>& list, std::map<std::vector<index_t>, index_t>& numbers) {
    const auto [found, added] = numbers.try_emplace(list, static_cast<index_t>(numbers.size()));
    if (added) {
      auto& kinds = g_.kind_lists_.emplace_back();
      for (const auto k : list) kinds.push_back(kind_of_name_[k]);
    }
    return found->second;
  }

  // --- edges

  // By source with a counting sort, then within each source: the records of one edge stand together, in the order they came in.
  void order_edges() {
    const auto m = b_.edges_.size();
    std::vector<index_t> order(m);
    g_.out_offsets_.assign(g_.node_count() + std::size_t{1}, 0);
    for (std::size_t i = 0; i < m; ++i) ++g_.out_offsets_[rank_[b_.edges_[i].source] + std::size_t{1}];
    std::partial_sum(g_.out_offsets_.begin(), g_.out_offsets_.end(), g_.out_offsets_.begin());
    {
      std::vector<index_t> next(g_.out_offsets_);
      for (index_t i = 0; i < m; ++i) order[next[rank_[b_.edges_[i].source]]++] = i;
    }
    edge_of_record_.resize(m);
    g_.sources_.reserve(m);
    g_.targets_.reserve(m);
    g_.edge_kinds_.reserve(m);
    for (index_t v = 0; v < g_.node_count(); ++v)
      append_edges(v,
                   std::span(order).subspan(g_.out_offsets_[v], g_.out_offsets_[v + 1] - g_.out_offsets_[v]));
    b_.edges_.clear();
    b_.edge_keys_.clear();
  }

  // The edges that leave `source`, from their records.
  void append_edges(index_t source, std::span<index_t> records) {
    std::ranges::sort(records, [this](index_t x, index_t y) {
      const auto &l = b_.edges_[x], &r = b_.edges_[y];
      if (l.kind != r.kind) return kind_of_name_[l.kind] < kind_of_name_[r.kind];
      if (l.target != r.target) return rank_[l.target] < rank_[r.target];
      const auto by_key = key_text(x).compare(key_text(y));
      return by_key != 0 ? by_key < 0 : x < y;
    });
    const edge_record* last = nullptr;
    std::string_view last_key;
    for (const auto i : records) {
      const auto& e = b_.edges_[i];
      const auto key = key_text(i);
      if (!last || last->kind != e.kind || last->target != e.target || last_key != key)
        append_edge(source, i);
      edge_of_record_[i] = static_cast<index_t>(g_.targets_.size() - 1);
      last = &e;
      last_key = key;
    }
  }

  void append_edge(index_t source, index_t record) {
    const auto& e = b_.edges_[record];
    const auto edge = static_cast<index_t>(g_.targets_.size());
    g_.sources_.push_back(source);
    g_.targets_.push_back(rank_[e.target]);
    g_.edge_kinds_.push_back(kind_of_name_[e.kind]);
    edge_of_record_[record] = edge;
    check_endpoints(edge, record);
    if (const auto* key = key_of(record); key && !b_.strings_[key->key].empty()) {
      g_.keyed_edges_.push_back(edge);
      g_.edge_keys_.push_back(key->key);
    }
  }

  const edge_key* key_of(index_t record) const {
    std::size_t first = 0, last = b_.edge_keys_.size(); // ascending by record
    while (first < last) {
      const auto middle = first + (last - first) / 2;
      if (b_.edge_keys_[middle].record < record)
        first = middle + 1;
      else
        last = middle;
    }
    return first < b_.edge_keys_.size() && b_.edge_keys_[first].record == record ? &b_.edge_keys_[first]
                                                                                 : nullptr;
  }
  // An empty key is as good as none.
  std::string_view key_text(index_t record) const {
    const auto* key = key_of(record);
    return key ? b_.strings_[key->key] : std::string_view{};
  }

  void check_endpoints(index_t edge, index_t record) {
    const auto kind = g_.edge_kinds_[edge];
    const auto from = g_.primary_kind(g_.sources_[edge]), to = g_.primary_kind(g_.targets_[edge]);
    if (from == property_graph::no_kind || to == property_graph::no_kind) return;
    const std::array triple{kind, from, to};
    if (triple == last_allowed_) return;
    if (schema::allows(name(kinds_[kind]), name(kinds_[from]), name(kinds_[to]))) {
      last_allowed_ = triple;
      return;
    }
    add(severity::warning, "edge-endpoints", {record, true},
        "edge kind " + quoted(name(kinds_[kind])) + " is not known between " + quoted(name(kinds_[from])) +
            " and " + quoted(name(kinds_[to])),
        "kept; techniques that expect other kinds pass it by");
  }

  // --- properties

  void resolve_columns(property_logs& all, const std::vector<index_t>& element_of_record,
                       std::vector<property_column>& columns, side s) {
    std::vector<index_t> order(all.logs.size());
    std::iota(order.begin(), order.end(), index_t{0});
    std::erase_if(order, [&](index_t i) { return all.logs[i].records.empty(); });
    std::ranges::sort(order, {}, [&](index_t i) { return name(all.logs[i].name); });
    for (const auto i : order) {
      columns.push_back(column_of(all.logs[i], element_of_record, s));
      all.logs[i] = {}; // memory is given back column by column: the peak stays near the graph's own size
    }
  }

  // What several records say of one element is merged into the log, at the position whose record it is attributed to.
  property_column column_of(property_log& log, const std::vector<index_t>& element_of_record, side s) {
    property_column column;
    column.name = string_of_name_[log.name];
    if (log.records.size() * 2 > s.elements)
      fill_from_slots(column, log, element_of_record, s);
    else
      fill_sorted(column, log, element_of_record, s);
    return column;
  }

  void fill_from_slots(property_column& column, property_log& log,
                       const std::vector<index_t>& element_of_record, side s) {
    std::vector<index_t> position(s.elements, no_index); // by element
    std::size_t n = 0;
    for (index_t i = 0; i < log.records.size(); ++i) {
      auto& mine = position[element_of_record[log.records[i]]];
      n += mine == no_index;
      mine = mine == no_index ? i : merge(log, mine, i, s);
    }
    const vocabulary rules(*this, name(log.name), s);
    const bool dense = n * 2 > s.elements;
    reserve(column, dense ? s.elements : n, dense ? 0 : n);
    for (index_t e = 0; e < s.elements; ++e) {
      if (position[e] == no_index) {
        if (dense) push(column, {});
        continue;
      }
      if (!dense) column.elements_.push_back(e);
      push(column, rules.checked(entry(log, position[e]), e));
    }
  }

  void fill_sorted(property_column& column, property_log& log, const std::vector<index_t>& element_of_record,
                   side s) {
    std::vector<std::uint64_t> entries(log.records.size()); // element, then position in the log
    for (std::size_t i = 0; i < entries.size(); ++i)
      entries[i] = std::uint64_t{element_of_record[log.records[i]]} << 32 | i;
    if (!std::ranges::is_sorted(entries)) std::ranges::sort(entries);
    const vocabulary rules(*this, name(log.name), s);
    reserve(column, entries.size(), entries.size());
    for (std::size_t i = 0; i < entries.size();) {
      const auto element = static_cast<index_t>(entries[i] >> 32);
      auto position = static_cast<index_t>(entries[i]);
      for (++i; i < entries.size() && entries[i] >> 32 == element; ++i)
        position = merge(log, position, static_cast<index_t>(entries[i]), s);
      column.elements_.push_back(element);
      push(column, rules.checked(entry(log, position), element));
    }
    column.elements_.shrink_to_fit();
    column.tags_.shrink_to_fit();
    column.bits_.shrink_to_fit();
  }

  struct log_entry {
    index_t record = no_index;
    std::uint8_t tag = 0;
    std::uint64_t bits = 0;
  };

  static void reserve(property_column& c, std::size_t values, std::size_t elements) {
    c.tags_.reserve(values);
    c.bits_.reserve(values);
    c.elements_.reserve(elements);
  }
  static void push(property_column& c, const log_entry& e) {
    c.tags_.push_back(e.tag);
    c.bits_.push_back(e.bits);
  }

  static log_entry entry(const property_log& log, index_t i) {
    return {log.records[i], log.tags[i], log.bits[i]};
  }

  // The position that now says what both said, in the order of reading.
  index_t merge(property_log& log, index_t before_at, index_t next_at, side s) {
    const auto property = name(log.name);
    const auto before = view(entry(log, before_at)), next = view(entry(log, next_at));
    const bool earliest = property == "first_seen", latest = property == "last_seen";
    if (property == "observed" && as_number(before) && as_number(next)) {
      const auto total = sum(before, next);
      log.tags[next_at] = total.tag;
      log.bits[next_at] = total.bits;
      return next_at;
    }
    if (same_value(before, next)) return next_at;
    if (earliest || latest) return is_less(next, before) == earliest ? next_at : before_at;
    contradiction(entry(log, before_at), entry(log, next_at), property, s);
    return next_at;
  }

  static bool is_less(const value_view& a, const value_view& b) {
    if (as_number(a) && as_number(b)) return *as_number(a) < *as_number(b);
    return as_text(a).value_or("") < as_text(b).value_or("");
  }

  // Counts are added exactly as far as they go.
  static log_entry sum(const value_view& a, const value_view& b) {
    using tag = property_column::tag;
    const auto x = as_count(a), y = as_count(b);
    const auto of = [](tag t, std::uint64_t bits) {
      return log_entry{no_index, static_cast<std::uint8_t>(t), bits};
    };
    if (x && y && *x <= ~*y) return of((*x + *y) >> 63 ? tag::uint64 : tag::int64, *x + *y);
    return of(tag::real, std::bit_cast<std::uint64_t>(*as_number(a) + *as_number(b)));
  }
  static std::optional<std::uint64_t> as_count(const value_view& v) {
    if (const auto* u = std::get_if<std::uint64_t>(&v)) return *u;
    if (const auto* i = std::get_if<std::int64_t>(&v); i && *i >= 0) return static_cast<std::uint64_t>(*i);
    if (const auto* d = std::get_if<double>(&v); d && *d >= 0 && *d < 0x1p64 && *d == std::floor(*d))
      return static_cast<std::uint64_t>(*d);
    return std::nullopt;
  }

  void contradiction(const log_entry& value, const log_entry& next, std::string_view property, side s) {
    const origin here{next.record, s.edges}, there{value.record, s.edges};
    const auto& file = file_of(there);
    const auto at = position_of(there);
    const auto what = "property " + quoted(property) + " of " + subject(here) + " is " + shown(view(next)) +
                      " here and " + shown(view(value)) + " in ";
    if (&file == &file_of(here))
      add(severity::error, "contradiction", here,
          what + "line " + std::to_string(at.line) + " of the same file", "keep one value");
    else
      add(severity::warning, "overridden", here,
          what + quoted(file.name) + " line " + std::to_string(at.line), "the later file's value is used");
  }

  value_view view(const log_entry& e) const {
    using tag = property_column::tag;
    switch (static_cast<tag>(e.tag)) {
    case tag::none: return {};
    case tag::boolean: return e.bits != 0;
    case tag::int64: return static_cast<std::int64_t>(e.bits);
    case tag::uint64: return e.bits;
    case tag::real: return std::bit_cast<double>(e.bits);
    case tag::text: return g_.strings_[static_cast<index_t>(e.bits)];
    case tag::list: break;
    }
    const auto first = g_.list_offsets_[e.bits], last = g_.list_offsets_[e.bits + 1];
    return std::span<const scalar_view>(g_.list_elements_).subspan(first, last - first);
  }

  // The vocabulary of one property, by kind of node or edge.
  class vocabulary {
  public:
    vocabulary(freezer& f, std::string_view property, side s) : f_(f), property_(property), side_(s) {
      if (!std::ranges::binary_search(schema::properties(), property, {}, &schema::property::name)) return;
      for (const auto k : f.kinds_) rules_.push_back(schema::find_property(property, f.name(k)));
    }

    /// `value`, marked where it lies outside.
    log_entry checked(log_entry value, index_t element) const {
      if (rules_.empty() && !f_.kinds_.empty()) return value;
      const auto kind = side_.edges ? f_.g_.edge_kinds_[element] : f_.g_.primary_kinds_[element];
      const auto* rule =
          kind == property_graph::no_kind ? schema::find_property(property_, {}) : rules_[kind];
      if (!rule) return value;
      const auto v = f_.view(value);
      if (schema::in_vocabulary(*rule, v)) return value;
      const origin here{value.record, side_.edges};
      const auto what = "property " + quoted(property_) + " of " + f_.subject(here) + " is " + shown(v);
      const bool bad = property_ == "probability" && as_number(v).has_value();
      f_.add(bad ? severity::error : severity::warning, bad ? "probability-range" : "not-in-vocabulary", here,
             what, "must be " + schema::describe(*rule) + (bad ? "" : "; treated as not assessed"));
      value.tag |= property_column::out_of_vocabulary;
      return value;
    }

  private:
    freezer& f_;
    std::string_view property_;
    side side_;
    std::vector<const schema::property*> rules_;
  };

  void set_layers() {
    const auto key = g_.find_node_key("layer");
    for (index_t v = 0; v < g_.node_count(); ++v) {
      layer l = layer::none;
      if (const auto said = as_text(g_.node_property(v, key).value)) l = parse_layer(*said);
      const auto kind = g_.primary_kinds_[v];
      if (l == layer::none && kind != property_graph::no_kind)
        if (const auto* rule = schema::find_node_kind(name(kinds_[kind]))) l = rule->home;
      g_.layers_.push_back(l);
    }
  }

  // --- rows

  // Nothing is reported from here on.
  void forget_records() {
    b_.nodes_.clear();
    b_.node_positions_.clear();
    b_.edge_positions_.clear();
    for (auto* v : {&rank_, &node_of_record_, &edge_of_record_}) std::vector<index_t>().swap(*v);
  }

  void build_rows() {
    const auto n = g_.node_count();
    g_.out_offsets_ = offsets(n, g_.sources_); // again: several records may have become one edge
    g_.in_offsets_ = offsets(n, g_.targets_);
    g_.in_edges_ = grouped(g_.in_offsets_, g_.targets_);
    g_.kind_offsets_ = offsets(static_cast<index_t>(kinds_.size()), g_.edge_kinds_);
    g_.edges_by_kind_ = grouped(g_.kind_offsets_, g_.edge_kinds_);
    for (auto* v : {&g_.sources_, &g_.targets_, &g_.node_ids_}) v->shrink_to_fit();
    g_.edge_kinds_.shrink_to_fit();
  }

  template <class Group> static std::vector<index_t> offsets(index_t groups, const std::vector<Group>& of) {
    std::vector<index_t> result(groups + std::size_t{1});
    for (const auto g : of) ++result[g + std::size_t{1}];
    std::partial_sum(result.begin(), result.end(), result.begin());
    return result;
  }

  template <class Group>
  static std::vector<index_t> grouped(std::vector<index_t> next, const std::vector<Group>& of) {
    std::vector<index_t> result(of.size());
    for (index_t i = 0; i < of.size(); ++i) result[next[of[i]]++] = i;
    return result;
  }

  // --- the content in one number

  // Every part says how much of it follows, and every value its type, so that no two contents give the same sequence.
  std::string content_fingerprint() const {
    fingerprint f;
    f.add(g_.kind_count());
    for (kind_index k = 0; k < g_.kind_count(); ++k) f.add(g_.kind_name(k));
    f.add(g_.node_count());
    for (index_t v = 0; v < g_.node_count(); ++v) {
      f.add(g_.node_id(v));
      f.add(g_.node_kinds(v).size());
      for (const auto k : g_.node_kinds(v)) f.add(k);
    }
    f.add(g_.edge_count());
    for (index_t e = 0; e < g_.edge_count(); ++e) {
      f.add(std::uint64_t{g_.source(e)} << 32 | g_.target(e));
      f.add(g_.edge_kind(e));
    }
    for (const auto* columns : {&g_.node_columns_, &g_.edge_columns_}) {
      f.add(columns->size());
      for (const auto& c : *columns) add_column(f, c);
    }
    return f.hex();
  }

  // By what is there, not by elements: a thousand sparse columns must not cost a thousand passes over the graph.
  void add_column(fingerprint& f, const property_column& c) const {
    f.add(g_.strings_[c.name]);
    f.add(static_cast<std::uint64_t>(std::ranges::count_if(c.tags_, [](auto tag) { return tag != 0; })));
    for (index_t i = 0; i < c.tags_.size(); ++i) {
      const auto tag = static_cast<std::uint8_t>(c.tags_[i] & ~property_column::out_of_vocabulary);
      if (tag == 0) continue;
      f.add(c.elements_.empty() ? i : c.elements_[i]);
      add_value(f, view({0, tag, c.bits_[i]}));
    }
  }

  static void add_value(fingerprint& f, const value_view& v) {
    if (const auto scalar = to_scalar(v)) return add_scalar(f, *scalar);
    const auto list = std::get<std::span<const scalar_view>>(v);
    f.add(std::uint64_t{'l'});
    f.add(list.size());
    for (const auto& element : list) add_scalar(f, element);
  }

  // Numbers that are the same give the same, whatever their form: 1 and 1.0, 0 and -0.
  static void add_scalar(fingerprint& f, const scalar_view& v) {
    const auto add = [&f](char type, std::uint64_t bits) {
      f.add(std::uint64_t{static_cast<unsigned char>(type)});
      f.add(bits);
    };
    if (const auto* text = std::get_if<std::string_view>(&v)) {
      f.add(std::uint64_t{'t'});
      f.add(*text);
    } else if (const auto* b = std::get_if<bool>(&v)) {
      add('b', *b);
    } else if (const auto* i = std::get_if<std::int64_t>(&v); i && *i < 0) {
      add('-', static_cast<std::uint64_t>(*i));
    } else if (const auto count = as_count(to_value(v))) {
      add('+', *count);
    } else if (const auto d = std::get<double>(v); d < 0 && d >= -0x1p63 && d == std::floor(d)) {
      add('-', static_cast<std::uint64_t>(static_cast<std::int64_t>(d)));
    } else {
      add('d', std::bit_cast<std::uint64_t>(d));
    }
  }

  // --- messages

  // Lists can be as long as their author likes.
  static std::string shown(const value_view& v) {
    constexpr std::size_t most = 8;
    const auto* list = std::get_if<std::span<const scalar_view>>(&v);
    if (!list || list->size() <= most) return to_text(v);
    return to_text(list->first(most)) + " and " + std::to_string(list->size() - most) + " more";
  }

  const input_file& file_of(origin o) const {
    const auto first = o.edge ? &input_file::first_edge : &input_file::first_node;
    return *std::prev(std::ranges::upper_bound(b_.files_, std::size_t{o.record}, {}, first));
  }
  source_position position_of(origin o) const {
    return o.edge ? b_.edge_positions_[o.record] : b_.node_positions_[o.record];
  }
  std::string_view id(index_t node) const { return b_.ids_.size() ? b_.ids_[node] : g_.ids_[node]; }
  // Of a record, before edges are ordered.
  std::string edge_text(const edge_record& e) const {
    return edge_text(name(e.kind), id(e.source), id(e.target));
  }
  static std::string edge_text(std::string_view kind, std::string_view source, std::string_view target) {
    return quoted(kind) + " from " + quoted(source) + " to " + quoted(target);
  }
  std::string subject(origin o) const {
    if (!o.edge) return "node " + quoted(id(b_.nodes_[o.record].node));
    const auto e = edge_of_record_[o.record];
    return "edge " + edge_text(name(kinds_[g_.edge_kinds_[e]]), id(g_.node_ids_[g_.sources_[e]]),
                               id(g_.node_ids_[g_.targets_[e]]));
  }
  void add(severity level, std::string code, origin o, std::string message, std::string hint) {
    out_.add(
        {level, std::move(code), file_of(o).name, position_of(o), {}, std::move(message), std::move(hint)});
  }

  inventory_builder& b_;
  diagnostics& out_;
  freeze_options options_;
  property_graph g_;
  std::vector<index_t> string_of_name_; // in the graph, by index in names_
  std::vector<index_t> kinds_;          // kind -> index in names_
  std::vector<kind_index> kind_of_name_;
  std::vector<index_t> rank_; // builder's node number -> node
  std::vector<index_t> node_of_record_, edge_of_record_;
  std::array<kind_index, 3> last_allowed_{property_graph::no_kind, property_graph::no_kind,
                                          property_graph::no_kind};
};

std::optional<property_graph> inventory_builder::freeze(diagnostics& out, freeze_options options) && {
  look_up_ends();
  return freezer(*this, out, options).run();
}

} // namespace crosscut
