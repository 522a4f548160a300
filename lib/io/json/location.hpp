#pragma once

#include "names.hpp"
#include "tracker.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace crosscut::json {

/// Where in the document the parser is: the open arrays and objects, and the place in the file.
class location {
public:
  /// What came last in the innermost open array or object.
  enum class after { nothing, name, value };

  explicit location(std::size_t max_depth) : frames_(max_depth + 2) {}

  void begin_document() noexcept;
  void value() noexcept {
    ++frames_[depth_].values;
    after_ = after::value;
  }
  void open(bool is_object) noexcept {
    frames_[++depth_] = {is_object, names_.size(), 0};
    after_ = after::nothing;
  }
  void close() noexcept {
    names_.shrink(frames_[depth_].first_name);
    --depth_;
    after_ = after::value;
  }
  /// False: the object has a member of this name already.
  bool name(std::string_view text, bool stable) {
    after_ = after::name;
    return names_.add(text, stable, frames_[depth_].first_name, depth_);
  }

  std::size_t depth() const noexcept { return depth_; }
  bool in_object() const noexcept { return frames_[depth_].is_object; }
  after last() const noexcept { return after_; }
  std::size_t memory() const noexcept { return names_.memory(); }
  void end_segment(bool inside) {
    tokens.end_segment(inside);
    names_.keep();
  }

  /// RFC 6901, of the current value. It is meant to be shown: names are escaped for terminals and cut after
  /// 200 bytes.
  std::string pointer() const;

  tracker tokens;

private:
  struct frame {
    bool is_object = false;
    std::size_t first_name = 0;
    std::uint64_t values = 0;
  };
  std::vector<frame> frames_; // frames_[0] is the document itself
  std::size_t depth_ = 0;
  after after_ = after::nothing;
  name_stack names_;
};

/// `base` with one reference token more, as location::pointer writes it.
std::string pointer_to(std::string_view base, std::string_view name);
std::string pointer_to(std::string_view base, std::uint64_t index);

} // namespace crosscut::json
