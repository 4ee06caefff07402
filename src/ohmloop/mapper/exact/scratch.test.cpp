#include <cstdlib>
#include <gtest/gtest.h>
#include <chrono>
#include "ohmloop/arch/read_architecture.hpp"
#include "ohmloop/mapper/map_layer.hpp"
#include "ohmloop/mapper/map_timeloop_spec.hpp"
#include "ohmloop/mapper/objective.hpp"
#include "ohmloop/timeloop/reading/reading_testing.hpp"
#include "ohmloop/workload/zoo/zoo.hpp"
namespace ohmloop {
static double now() { return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count(); }
static std::string env(const char* n, const char* d) { return getenv(n) ? getenv(n) : d; }
static void show(const std::string& name, double seconds, const Certificate& c, const MapStats& st, double value, double peer) {
  printf("%-28s %8.3f s size %.2g plc %ld S %ld cut %ld tcut %ld not %ld entries %ld states %ld bnd %ld rep %ld reord %ld maps %ld value %.6g gap %.4f peer/ours %.4f\n", name.c_str(), seconds, c.mappings, st.placements, st.spatial, st.cut_at_once, st.cut_by_tables, st.not_searched, st.table_entries, st.nests.states, st.nests.bounded, st.nests.repeated, st.nests.reordered, st.nests.mappings, value, c.gap.value_or(-1), peer / value);
  fflush(stdout);
}
static MapOptions options(double start) {
  MapOptions o; o.objective = parse_objective(env("OBJ", "edp")); o.threads = atoi(env("THREADS", "1").c_str());
  const double secs = atof(env("SECS", "0").c_str());
  if (secs > 0) o.stop = [=] { return now() - start > secs; };
  if (getenv("NOT")) o.not_stationary = all_roles[atoi(getenv("NOT"))];
  return o;
}
TEST(Scratch, Native) {
  Diagnostics diagnostics;
  const Architecture architecture = read_architecture(open_architecture(env("ARCH", "eyeriss")), {}, diagnostics);
  const ReferenceTables tables = estimate_reference_tables(architecture, diagnostics);
  const Network network = find_zoo_entry(env("NET", "resnet18"))->build(1);
  std::vector<LayerShape> seen;
  double total = 0;
  for (const auto& node : network.nodes) {
    if (!node.shape || std::find(seen.begin(), seen.end(), *node.shape) != seen.end()) continue;
    seen.push_back(*node.shape);
    if (getenv("CASE") && node.name.find(getenv("CASE")) == std::string::npos) continue;
    const Einsum einsum = lower(node.name, *node.shape, architecture);
    MapStats stats;
    const double start = now();
    const MapOptions o = options(start);
    const MapperResult r = map_layer(einsum, architecture, tables, o, &stats);
    total += now() - start;
    if (!r.best) { printf("%s none %s\n", node.name.c_str(), r.none ? r.none->reason.c_str() : ""); continue; }
    const double secs = now() - start; double old = 0;
    if (getenv("OLD")) { const auto f = find_mapping(einsum, architecture, tables, {.objective = o.objective}); old = score(o.objective, f.best->evaluation).value; }
    show(node.name + " " + std::string(to_string(r.best->stationary)), secs, r.best->certificate, stats, score(o.objective, r.best->evaluation).value, old);
  }
  printf("total %.3f\n", total);
}
TEST(Scratch, Timeloop) {
  for (const auto& c : testing_timeloop::peer_cases()) {
    if (c.files.size() < 4 || c.of_2020) continue;
    if (getenv("CASE") && c.name.find(getenv("CASE")) == std::string::npos) continue;
    timeloop::TimeloopSpec spec = testing_timeloop::spec_of_peers(c.files);
    double peer = 0;
    { Diagnostics d; auto nest = timeloop::to_nest(spec, d, timeloop::nest_options_of(spec)); if (nest) { auto r = timeloop::evaluate(*nest, spec.counting); peer = r.energy_pj * static_cast<double>(r.cycles); } }
    if (getenv("FREE")) for (auto& l : spec.constraints.loops) if (!spec.hardware->levels[l.level].fanout_only || l.spatial) { l.factors.clear(); l.permutation.clear(); if (l.split && *l.split > 6) l.split = 999; }
    Diagnostics diagnostics; MapStats stats; const double start = now(); const MapOptions o = options(start);
    const MapSpecResult r = map_timeloop_spec(spec, diagnostics, o, &stats);
    if (!r.best) { printf("%s none %s\n", c.name.c_str(), r.none ? r.none->reason.c_str() : ""); for (auto& d : diagnostics.all()) printf("%s\n", d.message.c_str()); continue; }
    const double secs = now() - start;
    show(c.name + " " + std::string(to_string(r.best->stationary)), secs, r.best->certificate, stats, score(o.objective, Cost{r.best->evaluation.energy_pj, 0, r.best->evaluation.cycles}).value, peer);
    if (getenv("SHOW")) for (std::size_t l = r.best->nest.levels.size(); l-- > 0;) { printf(" | %s:", r.best->nest.levels[l].name.c_str()); for (std::size_t i = r.best->nest.levels[l].loops.size(); i-- > 0;) { auto& lo = r.best->nest.levels[l].loops[i]; printf(" %s%ld%s", r.best->nest.problem.dimensions[lo.dimension].c_str(), lo.bound, lo.kind == timeloop::LoopKind::temporal ? "" : lo.kind == timeloop::LoopKind::spatial_x ? "X" : "Y"); } }
    if (getenv("SHOW")) printf("\n");
  }
}
}  // namespace ohmloop
