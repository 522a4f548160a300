// The nodes and edges that one small document makes, before the builder gets them.
#pragma once

#include <crosscut/base/diagnostic.hpp>
#include <crosscut/base/hash.hpp>
#include <crosscut/model/inventory_builder.hpp>
#include <crosscut/model/string_pool.hpp>

#include <cstdint>
#include <deque>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace crosscut::io {

/// Collects records by identity. A document may speak about one thing in many places (a server in two
/// projects, a secret in two servers), and to the builder two values for one property in one file are a
/// contradiction; here the first value stays.
class draft {
public:
  using value = std::variant<bool, std::int64_t, std::string, std::vector<std::string>>;

  /// One node or edge. Names of properties must outlive the draft: literals.
  class record {
  public:
    record& text(std::string_view name, std::string_view value) { return set(name, std::string(value)); }
    record& flag(std::string_view name, bool value) { return set(name, value); }
    record& number(std::string_view name, std::int64_t value) { return set(name, value); }
    record& list(std::string_view name, std::vector<std::string> value) {
      return set(name, std::move(value));
    }
    /// Adds to a list what is not there yet; at most `most` elements, which says the result: false where one
    /// was left out.
    bool append(std::string_view name, std::string_view element, std::size_t most = 16);
    /// False where it has no value yet.
    bool has(std::string_view name) const noexcept { return find(name) != nullptr; }

  private:
    friend class draft;
    record& set(std::string_view name, value v);
    const value* find(std::string_view name) const noexcept;

    std::string_view kind_;
    std::string id_, target_; // of an edge: source and target
    source_position where_;
    std::vector<std::pair<std::string_view, value>> properties_;
  };

  /// The node with this id, made where it is new. References stay valid. `kind` must outlive the draft.
  /// Amortised O(size of the id).
  record& node(std::string_view id, std::string_view kind, source_position where);
  /// The same for an edge, known by kind, ends and key (empty: none).
  record& edge(std::string_view kind, std::string_view source, std::string_view target, std::string_view key,
               source_position where);

  /// Hands everything to the builder, in the order in which it was first mentioned.
  void write(inventory_builder& out) const;

private:
  std::deque<record> nodes_, edges_;
  string_pool node_ids_, edge_ids_; // numbered as nodes_ and edges_
};

/// `prefix` and a form of `text` that is fit to be part of an id: no colon, white space, quotes or invisible
/// characters, of bounded length. Texts that differ give ids that differ: where the form is not the text
/// itself, a hash of the text follows. '/' is kept where `text` is a path.
enum class slashes : bool { replace, keep };
std::string make_id(std::string_view prefix, std::string_view text, hash_key key, slashes = slashes::keep);

} // namespace crosscut::io
