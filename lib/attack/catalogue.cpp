#include <crosscut/attack/catalogue.hpp>

#include <algorithm>

namespace crosscut {

std::string_view to_string(anchor a) noexcept {
  switch (a) {
  case anchor::source: return "source";
  case anchor::target: return "target";
  case anchor::node: return "node";
  }
  return "node";
}

const control_rule* catalogue::find_control(std::string_view kind) const noexcept {
  const auto found = std::ranges::find(controls, kind, &control_rule::kind);
  return found == controls.end() ? nullptr : &*found;
}

const technique* catalogue::find_technique(std::string_view id) const noexcept {
  const auto found = std::ranges::find(techniques, id, &technique::id);
  return found == techniques.end() ? nullptr : &*found;
}

bool catalogue::has_state(std::string_view state) const noexcept {
  return std::ranges::find(states, state) != states.end();
}

} // namespace crosscut
