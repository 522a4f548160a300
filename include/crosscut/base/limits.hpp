#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <optional>
#include <stop_token>
#include <string>
#include <string_view>

namespace crosscut {

/// How far a long call has got. `done` counts in the unit that `what` names.
struct progress {
  std::string_view what;
  std::uint64_t done = 0;
};

/// Bounds on a call that can run long. Every default is "no bound" except where the call's own options say otherwise.
/// Thread-safety: a value; the callback is called on the calling thread.
struct limits {
  std::optional<std::chrono::steady_clock::duration> timeout; ///< From the start of the call.
  std::uint64_t max_expansions = 0;                 ///< Search nodes expanded; 0 = the call's default.
  std::uint64_t max_memory = 0;                     ///< Bytes of search state; 0 = the call's default.
  std::stop_token stop;                             ///< Asks the call to end soon.
  std::function<void(const progress&)> on_progress; ///< Called now and then; may be empty.
};

/// The limit that stopped a call: its name ("timeout", "expansions", "memory", "interrupted", "keep-going"), its value
/// in the name's unit (seconds, counts, bytes), and how far the work had got.
struct limit_hit {
  std::string name;
  double value = 0;
  std::string reached;

  friend bool operator==(const limit_hit&, const limit_hit&) = default;
};

/// Watches `limits` from inside a loop. `check()` is cheap enough to call for every expansion: the clock and the stop token are looked
/// at once every `clock_stride` calls. Where one unit of work is slow, the stride is 1.
class limit_watch {
public:
  /// `what` names the unit of progress, e.g. "expansions"; it must outlive the watch.
  limit_watch(const limits& l, std::string_view what, std::uint64_t default_expansions,
              std::uint64_t default_memory, std::uint64_t clock_stride = 1024)
      : limits_(&l),
        what_(what),
        max_expansions_(l.max_expansions ? l.max_expansions : default_expansions),
        max_memory_(l.max_memory ? l.max_memory : default_memory),
        clock_stride_(clock_stride),
        start_(std::chrono::steady_clock::now()) {}

  /// Counts one unit of work. True: go on. False: a limit was hit, see `hit()`.
  bool step(std::uint64_t memory_in_use = 0) {
    if (hit_) return false;
    if (max_expansions_ && count_ >= max_expansions_)
      return stop_at("expansions", static_cast<double>(max_expansions_));
    if (max_memory_ && memory_in_use > max_memory_)
      return stop_at("memory", static_cast<double>(max_memory_));
    if (count_ % clock_stride_ == 0 && !look_up()) return false;
    ++count_;
    return true;
  }
  const std::optional<limit_hit>& hit() const noexcept { return hit_; }
  std::uint64_t count() const noexcept { return count_; }

private:
  // Looks at what costs time to look at: the stop token and the clock.
  bool look_up() {
    if (limits_->stop.stop_requested()) return stop_at("interrupted", 0);
    if (limits_->timeout && std::chrono::steady_clock::now() - start_ >= *limits_->timeout)
      return stop_at("timeout", std::chrono::duration<double>(*limits_->timeout).count());
    if (limits_->on_progress) limits_->on_progress({what_, count_});
    return true;
  }

  bool stop_at(std::string_view name, double value) {
    hit_ = limit_hit{std::string(name), value, std::to_string(count_) + ' ' + std::string(what_)};
    return false;
  }

  const limits* limits_;
  std::string_view what_;
  std::uint64_t max_expansions_;
  std::uint64_t max_memory_;
  std::uint64_t clock_stride_;
  std::chrono::steady_clock::time_point start_;
  std::uint64_t count_ = 0;
  std::optional<limit_hit> hit_;
};

} // namespace crosscut
