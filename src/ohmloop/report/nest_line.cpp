#include "ohmloop/report/nest_line.hpp"

namespace ohmloop {

std::vector<NestLine> nest_lines(const Einsum& einsum, const Architecture& architecture, const Mapping& mapping) {
  std::vector<NestLine> lines;
  for (std::size_t i = 0; i < mapping.steps.size(); ++i) {
    if (const Loop* loop = std::get_if<Loop>(&mapping.steps[i])) {
      lines.emplace_back(LoopLine{einsum.rank(loop->rank).name, loop->bound,
                                  loop->fanout ? architecture.node(*loop->fanout).name : ""});
    } else {
      const Keep& keep = std::get<Keep>(mapping.steps[i]);
      lines.emplace_back(KeepLine{architecture.node(keep.node).name, einsum.tensor(keep.role).name,
                                  tile_elements(einsum, architecture, mapping, i)});
    }
  }
  return lines;
}

std::vector<NestLine> nest_lines(const timeloop::Nest& nest, const timeloop::TimeloopResult& result) {
  std::vector<NestLine> lines;
  for (std::size_t level = nest.levels.size(); level-- > 0;) {
    const timeloop::StorageLevel& storage = nest.levels[level];
    for (std::size_t d = 0; d < storage.rules.size(); ++d) {
      if (!storage.rules[d].keep) continue;
      lines.emplace_back(KeepLine{storage.name, nest.problem.data_spaces[d].name,
                                  result.levels[level].data_spaces[d].utilized_capacity});
    }
    for (auto loop = storage.loops.rbegin(); loop != storage.loops.rend(); ++loop) {
      const char* across = loop->kind == timeloop::LoopKind::temporal    ? ""
                           : loop->kind == timeloop::LoopKind::spatial_x ? "X"
                                                                         : "Y";
      lines.emplace_back(LoopLine{nest.problem.dimensions[loop->dimension], loop->bound, across});
    }
  }
  return lines;
}

}  // namespace ohmloop
