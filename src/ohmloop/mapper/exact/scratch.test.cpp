#include <chrono>
#include <cstdlib>

#include <gtest/gtest.h>
#include <sys/resource.h>

#include "ohmloop/arch/read_architecture.hpp"
#include "ohmloop/cost/cost_model.hpp"
#include "ohmloop/energy/reference_tables.hpp"
#include "ohmloop/mapper/exact/exact_search.hpp"
#include "ohmloop/mapper/exact/native_traffic.hpp"
#include "ohmloop/mapper/exact/time_lattice.hpp"
#include "ohmloop/mapper/mapper.hpp"
#include "ohmloop/mapper/objective.hpp"
#include "ohmloop/workload/zoo/zoo.hpp"

namespace ohmloop {
static double cpu() {
  rusage u;
  getrusage(RUSAGE_SELF, &u);
  return u.ru_utime.tv_sec + u.ru_utime.tv_usec * 1e-6;
}

TEST(Scratch, Native) {
  const char* net = getenv("NET") ? getenv("NET") : "resnet18";
  const char* arch = getenv("ARCH") ? getenv("ARCH") : "eyeriss";
  const char* obj = getenv("OBJ") ? getenv("OBJ") : "edp";
  Diagnostics diagnostics;
  const Architecture architecture = read_architecture(open_architecture(arch), {}, diagnostics);
  const ReferenceTables tables = estimate_reference_tables(architecture, diagnostics);
  const Network network = find_zoo_entry(net)->build(1);
  std::vector<LayerShape> seen;
  for (const auto& node : network.nodes) {
    if (!node.shape) continue;
    if (std::find(seen.begin(), seen.end(), *node.shape) != seen.end()) continue;
    seen.push_back(*node.shape);
    const Einsum einsum = lower(node.name, *node.shape, architecture);
    const Objective objective = parse_objective(obj);
    const Mapspace space = make_mapspace(einsum, architecture, {});
    const CostModel model(einsum, architecture, tables);
    const NativeLimits limits(space, model, objective);
    ExactSearchStats stats;
    double start = cpu();
    const ExactSearchResult result = exact_search(
        space, [&](const Skeleton& skeleton) { return std::make_unique<NativeTraffic>(skeleton, limits); }, {}, &stats);
    double seconds = cpu() - start;
    double old = 0, olds = 0;
    if (getenv("OLD")) {
      start = cpu();
      auto o = find_mapping(einsum, architecture, tables, {.objective = objective});
      olds = cpu() - start;
      old = score(objective, o.best->evaluation).value;
    }
    printf(
        "%-28s %8.3f s S %ld cut %ld tables-cut %ld entries %ld states %ld bounded %ld rep %ld reord %ld maps %ld "
        "value %.6g old %.4f (%.2f s)\n",
        node.name.c_str(), seconds, stats.spatial, stats.cut_at_once, stats.cut_by_tables, stats.table_entries,
        stats.nests.states, stats.nests.bounded, stats.nests.repeated, stats.nests.reordered, stats.nests.mappings,
        result.best ? result.best->score.value : 0, result.best ? old / result.best->score.value : 0, olds);
    fflush(stdout);
  }
}
}  // namespace ohmloop

#include "ohmloop/mapper/timeloop/timeloop_traffic.hpp"
#include "ohmloop/timeloop/reading/reading_testing.hpp"
namespace ohmloop {
static void map_spec(const std::string& name, timeloop::TimeloopSpec& spec, double peer, const char* obj) {
  Diagnostics diagnostics;
  spec.mapping.reset();
  const auto made = TimeloopSpace::make(spec, diagnostics);
  if (!made) {
    for (auto& d : diagnostics.all()) printf("%s\n", d.message.c_str());
    return;
  }
  const Objective objective = parse_objective(obj);
  ExactSearchStats stats;
  double start = cpu();
  const ExactSearchResult result = exact_search(
      made->space(),
      [&](const Skeleton& skeleton) { return std::make_unique<TimeloopTraffic>(*made, skeleton, objective); }, {},
      &stats);
  double seconds = cpu() - start;
  double value = 0;
  std::string text;
  if (result.best) {
    const auto nest = made->nest(result.best->candidate);
    const auto r = timeloop::evaluate(nest, made->counting());
    value = score(objective, Cost{r.energy_pj, 0, r.cycles}).value;
    for (std::size_t l = nest.levels.size(); l-- > 0;) {
      text += nest.levels[l].name + ":";
      for (std::size_t i = nest.levels[l].loops.size(); i-- > 0;) {
        auto& lo = nest.levels[l].loops[i];
        text += " " + nest.problem.dimensions[lo.dimension] + std::to_string(lo.bound) +
                (lo.kind == timeloop::LoopKind::temporal    ? ""
                 : lo.kind == timeloop::LoopKind::spatial_x ? "X"
                                                            : "Y");
      }
      text += " | ";
    }
    printf("   %s energy %g uJ cycles %ld mismatch %g\n", text.c_str(), r.energy_pj * 1e-6, r.cycles,
           value / result.best->score.value - 1);
  }
  printf(
      "%-28s %8.3f s plc %ld S %ld cut %ld tables-cut %ld entries %ld states %ld bounded %ld rep %ld reord %ld maps "
      "%ld value %.6g peer/ours %.4f\n",
      name.c_str(), seconds, stats.placements, stats.spatial, stats.cut_at_once, stats.cut_by_tables,
      stats.table_entries, stats.nests.states, stats.nests.bounded, stats.nests.repeated, stats.nests.reordered,
      stats.nests.mappings, value, peer / value);
  fflush(stdout);
}

TEST(Scratch, Timeloop) {
  const char* obj = getenv("OBJ") ? getenv("OBJ") : "edp";
  const bool free = getenv("FREE");
  for (const auto& c : testing_timeloop::peer_cases()) {
    if (c.files.size() < 4 || c.of_2020) continue;
    if (getenv("CASE") && c.name.find(getenv("CASE")) == std::string::npos) continue;
    timeloop::TimeloopSpec spec = testing_timeloop::spec_of_peers(c.files);
    double peer = 0;
    {
      Diagnostics d;
      auto nest = timeloop::to_nest(spec, d, timeloop::nest_options_of(spec));
      if (nest) {
        auto r = timeloop::evaluate(*nest, spec.counting);
        peer = r.energy_pj * static_cast<double>(r.cycles);
      }
    }
    if (free)
      for (auto& l : spec.constraints.loops)
        if (!spec.hardware->levels[l.level].fanout_only || l.spatial) {
          l.factors.clear();
          l.permutation.clear();
          if (l.split && *l.split > 6) l.split = 999;
        }
    map_spec(c.name, spec, peer, obj);
  }
}
}  // namespace ohmloop
