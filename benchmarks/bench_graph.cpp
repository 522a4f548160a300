#include "bench_graph.hpp"

#include <cstdint>
#include <filesystem>
#include <fstream>
#include <stdexcept>

namespace bench {

namespace {

class reader {
public:
  explicit reader(const std::string& file) : file_(file), in_(file, std::ios::binary) {
    if (!in_) throw std::runtime_error(file + ": cannot be opened");
    left_ = std::filesystem::file_size(file);
  }

  template <class Number> std::vector<Number> column(std::uint64_t count) {
    if (count > left_ / sizeof(Number)) throw std::runtime_error(file_ + ": cut short");
    std::vector<Number> values(count);
    in_.read(reinterpret_cast<char*>(values.data()), static_cast<std::streamsize>(count * sizeof(Number)));
    if (!in_) throw std::runtime_error(file_ + ": cut short");
    left_ -= count * sizeof(Number);
    return values;
  }

  std::vector<index_t> vertices(std::uint64_t count, std::uint64_t vertex_count) {
    std::vector<index_t> values;
    for (const std::int32_t v : column<std::int32_t>(count)) {
      if (v < 0 || static_cast<std::uint64_t>(v) >= vertex_count)
        throw std::runtime_error(file_ + ": no vertex " + std::to_string(v));
      values.push_back(static_cast<index_t>(v));
    }
    return values;
  }

private:
  std::string file_;
  std::ifstream in_;
  std::uint64_t left_ = 0;
};

} // namespace

bench_graph load(const std::string& file) {
  reader in(file);
  const auto counts = in.column<std::uint64_t>(4);
  if (counts[0] >= crosscut::no_index) throw std::runtime_error(file + ": too many vertices");
  bench_graph graph;
  graph.vertex_count = static_cast<index_t>(counts[0]);
  const auto tails = in.vertices(counts[1], counts[0]);
  const auto heads = in.vertices(counts[1], counts[0]);
  for (std::size_t i = 0; i < tails.size(); ++i) graph.arcs.push_back({tails[i], heads[i]});
  for (const float p : in.column<float>(counts[1])) {
    if (!(p > 0 && p <= 1)) throw std::runtime_error(file + ": probability " + std::to_string(p));
    graph.costs.push_back(crosscut::cost_of(static_cast<double>(p)));
  }
  in.column<std::uint8_t>(counts[1]); // arc kinds
  in.column<std::uint8_t>(counts[0]); // vertex kinds
  graph.sources = in.vertices(counts[2], counts[0]);
  graph.sinks = in.vertices(counts[3], counts[0]);
  return graph;
}

std::vector<cost_t> costs_by_arc(const bench_graph& input, const crosscut::static_graph& graph) {
  std::vector<cost_t> costs;
  for (index_t arc = 0; arc < graph.arc_count(); ++arc) costs.push_back(input.costs[graph.given(arc)]);
  return costs;
}

} // namespace bench
