// Inside the analysis room: from indices to the plain data of a report.
#pragma once

#include "raw_path.hpp"

#include <crosscut/analysis/report.hpp>

namespace crosscut::detail {

report_head head_of(const attack_graph& graph);
fact_ref fact_of(const attack_graph& graph, index_t fact);
edge_ref edge_of(const property_graph& graph, index_t edge);

/// Turns raw paths into reports. The graph must outlive it.
class path_describer {
public:
  explicit path_describer(const attack_graph& graph);

  path_report describe(const raw_path& path, const question& asked) const;

private:
  step_report describe_step(index_t step, const step_details& why) const;
  std::string sentence(index_t step) const;
  bool is_monitored(index_t step) const;
  bool is_monitored_node(index_t node) const;
  bool crosses(index_t step) const;

  const attack_graph& a_;
  const property_graph& g_;
  explainer explain_;
  property_graph::kind_index monitors_;
};

} // namespace crosscut::detail
