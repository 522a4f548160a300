#include <crosscut/base/limits.hpp>

namespace crosscut {

namespace {
constexpr std::uint64_t clock_stride = 1024;
}

limit_watch::limit_watch(const limits& l, std::string_view what, std::uint64_t default_expansions,
                         std::uint64_t default_memory)
    : limits_(&l), what_(what), max_expansions_(l.max_expansions ? l.max_expansions : default_expansions),
      max_memory_(l.max_memory ? l.max_memory : default_memory), start_(std::chrono::steady_clock::now()) {}

bool limit_watch::step(std::uint64_t memory_in_use) {
  if (hit_) return false;
  if (max_expansions_ && count_ >= max_expansions_) {
    stop_at("expansions", static_cast<double>(max_expansions_));
    return false;
  }
  if (max_memory_ && memory_in_use > max_memory_) {
    stop_at("memory", static_cast<double>(max_memory_));
    return false;
  }
  if (count_ % clock_stride == 0) {
    if (limits_->stop.stop_requested()) stop_at("interrupted", 0);
    else if (limits_->timeout && std::chrono::steady_clock::now() - start_ >= *limits_->timeout)
      stop_at("timeout", std::chrono::duration<double>(*limits_->timeout).count());
    if (hit_) return false;
    if (limits_->on_progress) limits_->on_progress({what_, count_});
  }
  ++count_;
  return true;
}

void limit_watch::stop_at(std::string_view name, double value) {
  hit_ = limit_hit{std::string(name), value, std::to_string(count_) + ' ' + std::string(what_)};
}

} // namespace crosscut
