#include "events.hpp"

#include "comments.hpp"
#include "explain.hpp"
#include "location.hpp"

#include <crosscut/base/escape.hpp>

#include <boost/json/basic_parser_impl.hpp>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <istream>
#include <limits>
#include <vector>

namespace crosscut::json {

source_position sink::position() const { return location_->tokens.position(); }
std::string sink::pointer() const { return location_->pointer(); }

void sink::report(severity level, std::string code, std::string message, std::string hint) {
  reported_error_ |= level == severity::error;
  diagnostics_->add(
      {level, std::move(code), *file_, position(), pointer(), std::move(message), std::move(hint)});
}

namespace {

using boost::json::error_code;
using view = boost::json::string_view;

constexpr std::string_view chars(view text) noexcept { return {text.data(), text.size()}; }

} // namespace

/// One `read`: what the options, the sink, the place in the input and the diagnostics have in common.
class session {
public:
  session(const read_options& options, sink& out, diagnostics& d)
      : where(options.max_depth), options_(options), out_(out), diagnostics_(d) {
    out.location_ = &where;
    out.diagnostics_ = &d;
    out.file_ = &options.file;
    out.stopped_ = out.reported_error_ = false;
  }
  ~session() {
    out_.location_ = nullptr;
    out_.diagnostics_ = nullptr;
    out_.file_ = nullptr;
  }
  session(const session&) = delete;
  session& operator=(const session&) = delete;

  const read_options& options() const noexcept { return options_; }
  sink& out() noexcept { return out_; }
  bool stopped() const noexcept { return out_.stopped_; }
  bool has_errors() const noexcept { return errors_ || out_.reported_error_; }

  /// Adds what is missing to `d` and reports it.
  void report(diagnostic d) {
    errors_ = true;
    d.file = options_.file;
    d.pointer = where.pointer();
    diagnostics_.add(std::move(d));
  }
  /// About the current token.
  void report(std::string_view code, std::string message, std::string hint) {
    diagnostic d;
    d.code = code;
    d.position = where.tokens.position();
    d.message = std::move(message);
    d.hint = std::move(hint);
    report(std::move(d));
  }

  location where;

private:
  const read_options& options_;
  sink& out_;
  diagnostics& diagnostics_;
  bool errors_ = false;
};

namespace {

// Boost.JSON's events into ours: joins what was cut, converts numbers, keeps the place, checks names and
// sizes.
class handler {
public:
  static constexpr std::size_t max_array_size = std::numeric_limits<std::size_t>::max();
  static constexpr std::size_t max_object_size = max_array_size;
  static constexpr std::size_t max_string_size = max_array_size; // checked here: the limit is an option
  static constexpr std::size_t max_key_size = max_array_size;

  explicit handler(session& s) : session_(s), where_(s.where), out_(s.out()) {}

  bool on_document_begin(error_code&) {
    where_.begin_document();
    text_.clear();
    reported_ = false;
    out_.document_begin();
    return true;
  }
  bool on_document_end(error_code&) { return true; }

  bool on_object_begin(error_code& ec) {
    begin_value();
    out_.object_begin();
    where_.open(true);
    return go_on(ec);
  }
  bool on_object_end(std::size_t, error_code& ec) {
    where_.tokens.token();
    where_.close();
    out_.object_end();
    return go_on(ec);
  }
  bool on_array_begin(error_code& ec) {
    begin_value();
    out_.array_begin();
    where_.open(false);
    return go_on(ec);
  }
  bool on_array_end(std::size_t, error_code& ec) {
    where_.tokens.token();
    where_.close();
    out_.array_end();
    return go_on(ec);
  }

  bool on_key_part(view s, std::size_t n, error_code& ec) { return add_part(s, n, ec); }
  bool on_key(view s, std::size_t n, error_code& ec);
  bool on_string_part(view s, std::size_t n, error_code& ec) { return add_part(s, n, ec); }
  bool on_string(view s, std::size_t n, error_code& ec) {
    see_string(s);
    where_.value();
    if (n > session_.options().max_string) return too_large(ec);
    out_.string(joined(s));
    text_.clear();
    return go_on(ec);
  }

  bool on_number_part(view s, error_code& ec) {
    text_ += chars(s);
    return text_.size() <= session_.options().max_number || number_too_long(ec);
  }
  bool on_int64(std::int64_t i, view s, error_code& ec) {
    see_number(s);
    text_.clear();
    out_.int64(i);
    return go_on(ec);
  }
  bool on_uint64(std::uint64_t u, view s, error_code& ec) {
    see_number(s);
    text_.clear();
    out_.uint64(u);
    return go_on(ec);
  }
  bool on_double(double, view s, error_code& ec);

  bool on_bool(bool b, error_code& ec) {
    begin_value();
    out_.boolean(b);
    return go_on(ec);
  }
  bool on_null(error_code& ec) {
    begin_value();
    out_.null();
    return go_on(ec);
  }
  bool on_comment_part(view, error_code&) { return true; } // comments are blanked before
  bool on_comment(view, error_code&) { return true; }

  /// A callback ended the parse and has said why.
  bool reported() const noexcept { return reported_; }

private:
  void begin_value() noexcept {
    where_.tokens.token();
    where_.value();
  }
  // True: the text lies whole in the segment.
  bool see_string(view s) noexcept {
    const bool inside = where_.tokens.contains(chars(s));
    if (inside)
      where_.tokens.token_at(chars(s), true);
    else
      where_.tokens.token();
    return inside && text_.empty();
  }
  void see_number(view s) noexcept {
    if (where_.tokens.contains(chars(s)))
      where_.tokens.token_at(chars(s), false);
    else
      where_.tokens.token();
    where_.value();
  }
  std::string_view joined(view s) { return text_.empty() ? chars(s) : std::string_view(text_ += chars(s)); }

  bool add_part(view s, std::size_t n, error_code& ec) {
    text_ += chars(s);
    return n <= session_.options().max_string || too_large(ec);
  }
  bool go_on(error_code& ec) const noexcept { return !session_.stopped() || end(ec); }
  // Any code will do: the reader looks at reported() and stopped(), not at it.
  static bool end(error_code& ec) noexcept {
    ec = boost::json::error::input_error;
    return false;
  }
  // What goes wrong is kept out of the way of what goes right.
  [[gnu::cold]] bool fatal(error_code& ec, std::string_view code, std::string message, std::string hint) {
    reported_ = true;
    session_.report(code, std::move(message), std::move(hint));
    return end(ec);
  }
  [[gnu::cold]] bool too_large(error_code& ec) {
    return fatal(ec, "json-size",
                 "a string is longer than " + std::to_string(session_.options().max_string) + " bytes",
                 "shorten it, or leave it out");
  }
  [[gnu::cold]] bool too_many(error_code& ec) {
    return fatal(ec, "json-size", "the open objects have too many members",
                 "split the input into smaller objects");
  }
  [[gnu::cold]] void duplicate(std::string_view name) {
    session_.report("json-duplicate-key", "the object has a member " + quoted(name) + " already",
                    "every name stands once in an object");
  }
  [[gnu::cold]] bool number_too_long(error_code& ec) {
    return fatal(ec, "json-size",
                 "a number is longer than " + std::to_string(session_.options().max_number) + " bytes",
                 "write it with fewer digits");
  }
  [[gnu::cold]] void refuse_number(std::string_view text, std::string hint) {
    session_.report("json-number", "the number " + quoted(text, 40) + " is out of range", std::move(hint));
    out_.null();
  }

  session& session_;
  location& where_;
  sink& out_;
  std::string text_; // of the string, name or number that is being put together
  bool reported_ = false;
};

bool handler::on_key(view s, std::size_t n, error_code& ec) {
  const bool in_segment = see_string(s);
  if (n > session_.options().max_string) return too_large(ec);
  const auto name = joined(s);
  if (!where_.name(name, in_segment)) duplicate(name);
  if (where_.memory() > session_.options().max_open_names) return too_many(ec);
  out_.key(name);
  text_.clear();
  return go_on(ec);
}

// Boost.JSON 1.81's own value may be off by some units in the last place: the text is converted again.
bool handler::on_double(double, view s, error_code& ec) {
  see_number(s);
  const auto number = joined(s);
  if (number.size() > session_.options().max_number) return number_too_long(ec);
  double value = 0;
  const auto [end, problem] = std::from_chars(number.data(), number.data() + number.size(), value);
  const bool zero = number.find_first_of("123456789") >= number.find_first_of("eE");
  if (number.find_first_of(".eE") == std::string_view::npos)
    refuse_number(number, "an integer lies between -2^63 and 2^64 - 1; write a greater one as a string");
  else if (problem != std::errc{} || !std::isfinite(value) || (value == 0 && !zero))
    refuse_number(number, "a number lies between 5e-324 and 1.8e308, or is 0");
  else
    out_.real(value);
  text_.clear();
  return go_on(ec);
}

// Feeds the parser, piece by piece.
class reader {
public:
  reader(const read_options& options, sink& out, diagnostics& d)
      : session_(options, out, d), parser_(parser_options(options), session_) {}

  /// False: nothing more is wanted.
  bool take(std::string_view piece) {
    result_.bytes += piece.size();
    if (session_.options().allow_comments) piece = comments_.blank(piece);
    return take_plain(piece);
  }
  void input_failed() {
    result_.input_failed = true;
    diagnostic d;
    d.code = "input-read";
    d.message = "the input could not be read to its end";
    session_.report(std::move(d));
  }
  read_result finish();

private:
  static boost::json::parse_options parser_options(const read_options& o) {
    boost::json::parse_options p;
    p.max_depth = o.max_depth;
    p.allow_trailing_commas = o.allow_trailing_commas;
    return p;
  }

  bool take_plain(std::string_view piece) {
    if (session_.options().lines)
      take_lines(piece);
    else
      write(piece, true);
    return !ended_;
  }
  void take_lines(std::string_view piece);
  void write(std::string_view piece, bool more);
  void fail(std::size_t at, error_code ec, bool more);
  void close_document();
  void end_line();

  session session_;
  boost::json::basic_parser<handler> parser_;
  comment_blanker comments_;
  read_result result_;
  bool open_ = false;   // a document has begun and is neither finished nor broken
  bool broken_ = false; // the rest of the line is skipped
  bool ended_ = false;  // nothing more is read
};

void reader::write(std::string_view piece, bool more) {
  if (ended_) return;
  open_ = true;
  session_.where.tokens.begin_segment(piece);
  error_code ec;
  const auto used = parser_.write_some(more, piece.data(), piece.size(), ec);
  const bool extra = !ec && parser_.done() && used < piece.size();
  if (ec || extra) fail(used, ec, more);
  session_.where.end_segment(open_ && !parser_.done());
}

void reader::fail(std::size_t at, error_code ec, bool more) {
  using boost::json::error;
  auto& where = session_.where;
  const char* const place = where.tokens.segment().data() + std::min(at, where.tokens.segment().size());
  open_ = false;
  ended_ = !session_.options().lines || session_.stopped();
  broken_ = true;
  if (!session_.stopped() && !parser_.handler().reported()) {
    if (ec == error::too_deep) {
      diagnostic d;
      d.code = "json-depth";
      d.position = where.tokens.position_of(place);
      d.message =
          "arrays and objects are nested more than " + std::to_string(session_.options().max_depth) + " deep";
      d.hint = "flatten the value";
      session_.report(std::move(d));
    } else if (ec == error::exponent_overflow) {
      diagnostic d;
      d.code = "json-number";
      d.position = where.tokens.locate(place).start;
      d.message = "the exponent of a number is out of range";
      d.hint = "a number lies between 5e-324 and 1.8e308, or is 0";
      session_.report(std::move(d));
    } else if (ec == error::incomplete && !more) {
      session_.report(explain_end(where, session_.options().lines ? "line" : "input"));
    } else {
      session_.report(explain_error(where, place));
    }
  }
  session_.out().document_failed();
}

// Nothing more of the document follows.
void reader::close_document() {
  if (open_ && !parser_.done()) write({}, false);
  if (!open_) return;
  open_ = false;
  ++result_.documents;
  session_.out().document_end();
  ended_ |= session_.stopped();
}

void reader::take_lines(std::string_view piece) {
  while (!piece.empty() && !ended_) {
    const auto newline = piece.find('\n');
    const auto line = piece.substr(0, newline);
    const bool blank = line.find_first_not_of(" \t\r") == std::string_view::npos;
    if (!broken_ && (open_ || !blank))
      write(line, true);
    else
      session_.where.tokens.pass(line);
    if (newline == std::string_view::npos) return;
    end_line();
    session_.where.tokens.line_break();
    piece.remove_prefix(newline + 1);
  }
}

void reader::end_line() {
  close_document();
  parser_.reset();
  broken_ = false;
}

read_result reader::finish() {
  if (session_.options().allow_comments && !ended_) {
    if (const auto start = comments_.unclosed()) {
      diagnostic d;
      d.code = "json-syntax";
      d.position = *start;
      d.message = "a comment is not closed";
      d.hint = "end it with */";
      session_.report(std::move(d));
      if (open_) session_.out().document_failed();
      open_ = false;
      ended_ = true;
    } else {
      take_plain(comments_.finish());
    }
  }
  if (!ended_ && !result_.input_failed) {
    if (session_.options().lines)
      end_line();
    else
      open_ = true, close_document();
  } else if (open_) {
    session_.out().document_failed();
  }
  result_.stopped = session_.stopped();
  result_.ok = !session_.has_errors();
  return result_;
}

constexpr std::string_view byte_order_mark = "\xef\xbb\xbf";

} // namespace

read_result read(std::string_view input, const read_options& options, sink& out, diagnostics& d) {
  reader r(options, out, d);
  if (input.starts_with(byte_order_mark)) input.remove_prefix(byte_order_mark.size());
  const std::size_t chunk = options.chunk ? options.chunk : 1;
  while (!input.empty() && r.take(input.substr(0, chunk))) input.remove_prefix(std::min(chunk, input.size()));
  return r.finish();
}

read_result read(std::istream& input, const read_options& options, sink& out, diagnostics& d) {
  reader r(options, out, d);
  std::vector<char> buffer(std::max(options.chunk, byte_order_mark.size()));
  const auto fill = [&](std::size_t size) {
    input.read(buffer.data(), static_cast<std::streamsize>(size));
    return std::string_view(buffer.data(), static_cast<std::size_t>(input.gcount()));
  };
  auto piece = fill(byte_order_mark.size());
  if (piece == byte_order_mark) piece = fill(buffer.size());
  while (!piece.empty() && r.take(piece)) piece = fill(buffer.size());
  if (input.bad()) r.input_failed();
  return r.finish();
}

} // namespace crosscut::json
