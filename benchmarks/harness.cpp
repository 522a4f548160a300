#include "harness.hpp"

#include <crosscut/base/escape.hpp>

#include <fmt/core.h>
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <chrono>
#include <ctime>
#include <fstream>

namespace bench {

double now(stopwatch watch) {
  if (watch == stopwatch::processor)
    return static_cast<double>(std::clock()) / static_cast<double>(CLOCKS_PER_SEC);
  return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count();
}

double measurement::median() const {
  std::vector<double> sorted = seconds;
  std::sort(sorted.begin(), sorted.end());
  const std::size_t half = sorted.size() / 2;
  return sorted.size() % 2 != 0 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
}

void print(const std::vector<measurement>& all) {
  fmt::print("{:<4} {:<28} {:>4} {:>9} {:>9} {:>10} {:>10} {:>10}\n", "", "kernel", "k", "source", "sink",
             "min ms", "median ms", "max ms");
  for (const measurement& m : all)
    fmt::print("{:<4} {:<28} {:>4} {:>9} {:>9} {:>10.3f} {:>10.3f} {:>10.3f}\n", m.workload, m.kernel, m.k,
               m.source, m.sink, 1e3 * m.min(), 1e3 * m.median(), 1e3 * m.max());
}

void write_json(const std::vector<measurement>& all, const std::string& graph, const std::string& file) {
  std::ofstream out(file);
  out << fmt::format("{{\"graph\": \"{}\",\n \"measurements\": [", crosscut::escape_for_json(graph));
  for (std::size_t i = 0; i < all.size(); ++i) {
    const measurement& m = all[i];
    out << fmt::format(
        "{}\n  {{\"workload\": \"{}\", \"kernel\": \"{}\", \"k\": {}, \"source\": {}, \"sink\": {}, "
        "\"answer\": [{}], \"seconds\": [{}]}}",
        i == 0 ? "" : ",", m.workload, m.kernel, m.k, m.source, m.sink, fmt::join(m.answer, ", "),
        fmt::join(m.seconds, ", "));
  }
  out << "\n]}\n";
  if (!out.flush()) throw std::runtime_error(file + ": cannot be written");
}

} // namespace bench
