#include "writer.hpp"

#include <crosscut/base/escape.hpp>

#include <charconv>
#include <cmath>
#include <ostream>
#include <stdexcept>

namespace crosscut::json {

namespace {

constexpr std::size_t flush_size = std::size_t{64} << 10;

template <class Number> std::string_view digits(char (&buffer)[32], Number number) {
  const auto result = std::to_chars(buffer, buffer + sizeof buffer, number);
  return {buffer, static_cast<std::size_t>(result.ptr - buffer)};
}

} // namespace

writer::writer(std::string& out, layout style) : out_(&out), style_(style) {}
writer::writer(std::ostream& out, layout style) : out_(&own_), stream_(&out), style_(style) {}

writer& writer::key(std::string_view name) {
  if (open_.empty() || open_.back().close != '}' || after_key_)
    throw std::logic_error("json::writer: no member name is due here");
  separate();
  *out_ += '"';
  *out_ += escape_for_json(name);
  *out_ += style_ == layout::pretty ? "\": " : "\":";
  after_key_ = true;
  return *this;
}

writer& writer::value(std::string_view text) {
  before_value();
  *out_ += '"';
  *out_ += escape_for_json(text);
  *out_ += '"';
  flush_if_large();
  return *this;
}

writer& writer::value(double number) {
  if (!std::isfinite(number)) throw std::invalid_argument("json::writer: NaN and infinity have no JSON form");
  char buffer[32];
  const auto text = digits(buffer, number);
  raw(text);
  if (text.find_first_of(".e") == std::string_view::npos) *out_ += ".0";
  return *this;
}

writer& writer::signed_value(std::int64_t number) {
  char buffer[32];
  return raw(digits(buffer, number));
}

writer& writer::unsigned_value(std::uint64_t number) {
  char buffer[32];
  return raw(digits(buffer, number));
}

writer& writer::raw(std::string_view text) {
  before_value();
  *out_ += text;
  return *this;
}

void writer::finish() {
  if (!complete()) throw std::logic_error("json::writer: the document is not complete");
  if (style_ == layout::pretty) *out_ += '\n';
  if (stream_) {
    stream_->write(own_.data(), static_cast<std::streamsize>(own_.size()));
    own_.clear();
  }
}

writer& writer::begin(char bracket) {
  before_value();
  *out_ += bracket;
  open_.push_back({bracket == '{' ? '}' : ']', true});
  return *this;
}

writer& writer::end(char bracket) {
  if (open_.empty() || open_.back().close != bracket || after_key_)
    throw std::logic_error(std::string("json::writer: no ") + bracket + " is due here");
  const bool empty = open_.back().empty;
  open_.pop_back();
  if (!empty && style_ == layout::pretty) {
    *out_ += '\n';
    out_->append(2 * open_.size(), ' ');
  }
  *out_ += bracket;
  flush_if_large();
  return *this;
}

// A value stands alone, behind a name, or as an array's next element.
void writer::before_value() {
  if (open_.empty()) {
    if (started_) throw std::logic_error("json::writer: the document is complete already");
  } else if (open_.back().close == '}') {
    if (!after_key_) throw std::logic_error("json::writer: a member needs a name");
  } else {
    separate();
  }
  started_ = true;
  after_key_ = false;
}

void writer::separate() {
  if (!open_.back().empty) *out_ += ',';
  open_.back().empty = false;
  if (style_ == layout::pretty) {
    *out_ += '\n';
    out_->append(2 * open_.size(), ' ');
  }
}

void writer::flush_if_large() {
  if (!stream_ || own_.size() < flush_size) return;
  stream_->write(own_.data(), static_cast<std::streamsize>(own_.size()));
  own_.clear();
}

} // namespace crosscut::json
