// A product that uses the algorithms over a graph of its own, and nothing else: three rooms and two doors.
#include <crosscut/algorithms/csr_graph.hpp>
#include <crosscut/algorithms/reachability.hpp>
#include <crosscut/base/limits.hpp>

#include <array>
#include <iostream>

int main() {
  const std::array doors{crosscut::arc_ends{0, 1}, crosscut::arc_ends{1, 2}};
  const crosscut::static_graph house(4, doors);
  const std::array<crosscut::index_t, 1> start{0};
  const crosscut::limits none;
  crosscut::limit_watch watch(none, "rooms", 10, 0); // compiled in base
  const auto reached = crosscut::reachable(house, start);
  int count = 0;
  for (crosscut::index_t room = 0; room < house.vertex_count(); ++room)
    if (reached.contains(room) && watch.step()) ++count;
  std::cout << count << " of " << house.vertex_count() << " rooms\n";
}
