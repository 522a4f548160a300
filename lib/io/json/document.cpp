#include "document.hpp"

#include <algorithm>
#include <cmath>
#include <istream>
#include <numeric>
#include <streambuf>

namespace crosscut::json {

namespace {
constexpr std::size_t small_object = 8;
}

std::string_view to_string(kind k) noexcept {
  switch (k) {
  case kind::null: return "null";
  case kind::boolean: return "true or false";
  case kind::int64:
  case kind::uint64: return "an integer";
  case kind::real: return "a number";
  case kind::string: return "a string";
  case kind::array: return "an array";
  case kind::object: return "an object";
  }
  return "a value";
}

std::optional<bool> node::as_bool() const noexcept {
  const auto* b = std::get_if<bool>(&value_);
  return b ? std::optional(*b) : std::nullopt;
}

std::optional<std::int64_t> node::as_int64() const noexcept {
  if (const auto* i = std::get_if<std::int64_t>(&value_)) return *i;
  const auto* d = std::get_if<double>(&value_);
  const bool whole = d && std::trunc(*d) == *d && *d >= -0x1p63 && *d < 0x1p63;
  return whole ? std::optional(static_cast<std::int64_t>(*d)) : std::nullopt;
}

std::optional<std::uint64_t> node::as_uint64() const noexcept {
  if (const auto* u = std::get_if<std::uint64_t>(&value_)) return *u;
  const auto i = as_int64();
  return i && *i >= 0 ? std::optional(static_cast<std::uint64_t>(*i)) : std::nullopt;
}

std::optional<double> node::as_double() const noexcept {
  if (const auto* d = std::get_if<double>(&value_)) return *d;
  if (const auto* i = std::get_if<std::int64_t>(&value_)) return static_cast<double>(*i);
  if (const auto* u = std::get_if<std::uint64_t>(&value_)) return static_cast<double>(*u);
  return std::nullopt;
}

std::optional<std::string_view> node::as_string() const noexcept {
  const auto* s = std::get_if<std::string>(&value_);
  return s ? std::optional<std::string_view>(*s) : std::nullopt;
}

std::span<const node> node::elements() const noexcept {
  const auto* a = std::get_if<array>(&value_);
  return a ? std::span<const node>(*a) : std::span<const node>();
}

std::span<const member> node::members() const noexcept {
  const auto* o = std::get_if<object>(&value_);
  return o ? std::span<const member>(o->members) : std::span<const member>();
}

const node* node::find(std::string_view name) const noexcept {
  const auto* o = std::get_if<object>(&value_);
  if (!o) return nullptr;
  if (o->by_name.empty()) {
    const auto found =
        std::find_if(o->members.begin(), o->members.end(), [&](const member& m) { return m.name == name; });
    return found == o->members.end() ? nullptr : &found->value;
  }
  const auto before = [&](std::uint32_t i, std::string_view n) { return o->members[i].name < n; };
  const auto found = std::lower_bound(o->by_name.begin(), o->by_name.end(), name, before);
  if (found == o->by_name.end() || o->members[*found].name != name) return nullptr;
  return &o->members[*found].value;
}

bool operator==(const node& a, const node& b) noexcept {
  if (a.what() != b.what()) return false;
  if (a.is_array()) return std::ranges::equal(a.elements(), b.elements());
  if (a.is_object())
    return std::ranges::equal(a.members(), b.members(), [](const member& x, const member& y) {
      return x.name == y.name && x.value == y.value;
    });
  if (const auto* s = std::get_if<std::string>(&a.value_)) return *s == std::get<std::string>(b.value_);
  if (const auto* d = std::get_if<double>(&a.value_)) return *d == std::get<double>(b.value_);
  if (const auto* i = std::get_if<std::int64_t>(&a.value_)) return *i == std::get<std::int64_t>(b.value_);
  if (const auto* u = std::get_if<std::uint64_t>(&a.value_)) return *u == std::get<std::uint64_t>(b.value_);
  return a.as_bool() == b.as_bool();
}

/// Builds nodes from events. Open arrays and objects lie on a stack of their own, so nothing that is pointed
/// to moves.
class node_builder final : public sink {
public:
  explicit node_builder(const document_options& options) : options_(options) {}

  void object_begin() override { open(node::object{}); }
  void object_end() override { close(); }
  void array_begin() override { open(node::array{}); }
  void array_end() override { close(); }
  void key(std::string_view name) override {
    std::get<node::object>(open_.back().value_).members.push_back({std::string(name), position(), {}});
  }
  void string(std::string_view value) override { add(make(std::string(value))); }
  void int64(std::int64_t value) override { add(make(value)); }
  void uint64(std::uint64_t value) override { add(make(value)); }
  void real(double value) override { add(make(value)); }
  void boolean(bool value) override { add(make(value)); }
  void null() override { add(make(std::monostate{})); }

  node take() noexcept { return std::move(root_); }

private:
  template <class T> node make(T value) {
    if (++count_ > options_.max_nodes) {
      report(severity::error, "json-size",
             "the document has more than " + std::to_string(options_.max_nodes) + " values", "split it");
      stop();
    }
    node n;
    n.value_ = std::move(value);
    n.position_ = position();
    return n;
  }
  template <class T> void open(T value) { open_.push_back(make(std::move(value))); }
  void close() {
    auto n = std::move(open_.back());
    open_.pop_back();
    if (auto* o = std::get_if<node::object>(&n.value_)) index(*o);
    add(std::move(n));
  }
  void add(node n) {
    if (open_.empty())
      root_ = std::move(n);
    else if (auto* a = std::get_if<node::array>(&open_.back().value_))
      a->push_back(std::move(n));
    else
      std::get<node::object>(open_.back().value_).members.back().value = std::move(n);
  }
  static void index(node::object& o) {
    if (o.members.size() <= small_object) return;
    o.by_name.resize(o.members.size());
    std::iota(o.by_name.begin(), o.by_name.end(), std::uint32_t{0});
    std::ranges::sort(o.by_name, {}, [&](std::uint32_t i) -> std::string_view { return o.members[i].name; });
  }

  const document_options& options_;
  std::vector<node> open_;
  node root_;
  std::uint64_t count_ = 0;
};

namespace {

void refuse_size(const document_options& options, diagnostics& d) {
  d.add({severity::error,
         "json-size",
         options.read.file,
         {},
         {},
         "the document is larger than " + std::to_string(options.max_bytes) + " bytes",
         "split it"});
}

// Ends the stream where the limit is, and remembers that it did.
class limited_buffer final : public std::streambuf {
public:
  limited_buffer(std::streambuf& source, std::uint64_t limit) : source_(source), left_(limit) {}
  bool exceeded() const noexcept { return exceeded_; }

private:
  std::streamsize xsgetn(char* to, std::streamsize n) override {
    const auto most =
        static_cast<std::streamsize>(std::min<std::uint64_t>(left_, static_cast<std::uint64_t>(n)));
    const auto got = source_.sgetn(to, most);
    left_ -= static_cast<std::uint64_t>(got);
    exceeded_ |= left_ == 0 && source_.sgetc() != traits_type::eof();
    return got;
  }

  std::streambuf& source_;
  std::uint64_t left_;
  bool exceeded_ = false;
};

} // namespace

std::optional<node> parse_document(std::string_view input, const document_options& options, diagnostics& d) {
  if (input.size() > options.max_bytes) {
    refuse_size(options, d);
    return std::nullopt;
  }
  auto read_as = options.read;
  read_as.lines = false;
  node_builder builder(options);
  if (!read(input, read_as, builder, d).ok) return std::nullopt;
  return builder.take();
}

std::optional<node> parse_document(std::istream& input, const document_options& options, diagnostics& d) {
  auto read_as = options.read;
  read_as.lines = false;
  node_builder builder(options);
  limited_buffer buffer(*input.rdbuf(), options.max_bytes);
  std::istream limited(&buffer);
  diagnostics found;
  const bool ok = read(limited, read_as, builder, found).ok;
  if (buffer.exceeded()) {
    refuse_size(options, d);
    return std::nullopt;
  }
  d.add(found);
  return ok ? std::optional(builder.take()) : std::nullopt;
}

void write(writer& out, const node& n) {
  switch (n.what()) {
  case kind::null: out.null(); return;
  case kind::boolean: out.value(*n.as_bool()); return;
  case kind::int64: out.value(*n.as_int64()); return;
  case kind::uint64: out.value(*n.as_uint64()); return;
  case kind::real: out.value(*n.as_double()); return;
  case kind::string: out.value(*n.as_string()); return;
  case kind::array:
    out.begin_array();
    for (const auto& e : n.elements()) write(out, e);
    out.end_array();
    return;
  case kind::object:
    out.begin_object();
    for (const auto& m : n.members()) {
      out.key(m.name);
      write(out, m.value);
    }
    out.end_object();
    return;
  }
}

} // namespace crosscut::json
