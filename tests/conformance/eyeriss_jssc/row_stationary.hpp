#pragma once

#include <cstdint>
#include <stdexcept>
#include <string>

#include "ohmloop/analysis/counts.hpp"
#include "ohmloop/arch/read_architecture.hpp"
#include "ohmloop/base/checked.hpp"
#include "ohmloop/cost/evaluation.hpp"
#include "ohmloop/energy/reference_tables.hpp"

namespace ohmloop::test {

/// How one layer runs on Eyeriss, in the letters of JSSC'17 Table III. M and C count the channels of all groups.
struct RowStationary {
  std::int64_t N = 1, G = 1, M = 1, C = 1, H = 1, R = 1, E = 1, stride = 1;  ///< H with its padding
  std::int64_t m = 1;                                                        ///< filters whose psums lie in the GLB
  std::int64_t n = 1;                                                        ///< images
  std::int64_t e = 1;                                                        ///< rows of the output in a strip
  std::int64_t f = 0;                                                        ///< columns of it; 0: all
  std::int64_t p = 1, q = 1;                                                 ///< filters and channels of a PE
  std::int64_t r = 1, t = 1;          ///< sets of PEs that work on other channels and other filters
  std::int64_t t_across_columns = 1;  ///< of t, the share that lies side by side
  std::int64_t folds = 1;             ///< strips of more rows than the array has columns lie in folds above each other
};

/// One layer, counted.
struct EyerissLayer {
  Counts counts;
  Evaluation evaluation;
  std::int64_t active_pes = 0;
  std::int64_t glb_words = 0;   ///< psums written and read, and ifmaps read, by the array or for the DRAM
  std::int64_t dram_words = 0;  ///< not compressed
  std::int64_t filter_words = 0;
};

class Eyeriss {
 public:
  Eyeriss() {
    Diagnostics diagnostics;
    architecture_ = read_architecture(find_preset("eyeriss"), {}, diagnostics);
    tables_ = estimate_reference_tables(architecture_, diagnostics);
  }

  [[nodiscard]] EyerissLayer run(const RowStationary& layer) const {
    const LayerShape shape{.N = layer.N,
                           .M = layer.M,
                           .C = layer.C,
                           .H = layer.H,
                           .W = layer.H,
                           .R = layer.R,
                           .S = layer.R,
                           .E = layer.E,
                           .F = layer.E,
                           .G = layer.G,
                           .stride_height = layer.stride,
                           .stride_width = layer.stride};
    const Einsum einsum = lower("layer", shape, architecture_);
    const Mapping mapping = map(layer, einsum);
    const auto violations = check_mapping(einsum, architecture_, mapping);
    if (!violations.empty()) throw std::invalid_argument(violations.front().message);
    return figures(einsum, count_actions(einsum, architecture_, mapping));
  }

 private:
  /// Table III says what is in the memories and the array; the order of the loops follows from it: psums of m filters
  /// stay in the GLB while the channels pass, ifmaps of q r channels while the filters do, and a PE slides along a row.
  [[nodiscard]] Mapping map(const RowStationary& layer, const Einsum& einsum) const {
    const std::int64_t M = layer.M / layer.G;
    const std::int64_t C = layer.C / layer.G;
    const std::int64_t f = layer.f == 0 ? layer.E : layer.f;
    const std::int64_t rows_of_sets = layer.t / layer.t_across_columns;
    Nest nest{architecture_, einsum, {}};
    nest.keep("dram", Role::input).keep("dram", Role::weight).keep("dram", Role::output);
    nest.loop("G", layer.G).loop("M", ceil_divide(M, layer.m)).loop("N", layer.N / layer.n);
    nest.loop("E", ceil_divide(layer.E, layer.e)).loop("F", layer.E / f);
    nest.keep("shared_glb", Role::output).loop("C", ceil_divide(C, layer.q * layer.r));
    nest.keep("shared_glb", Role::input).loop("M", ceil_divide(std::min(M, layer.m), layer.p * layer.t));
    nest.loop("N", layer.n).loop("F", f);
    nest.loop("M", layer.t_across_columns, "pe_column").loop("E", ceil_divide(layer.e, layer.folds), "pe_column");
    nest.loop("E", layer.folds, "pe_row").loop("M", rows_of_sets, "pe_row").loop("C", std::min(C, layer.r), "pe_row");
    nest.loop("R", layer.R, "pe_row");
    nest.keep("ifmap_spad", Role::input).keep("filter_spad", Role::weight);
    nest.loop("S", layer.R).loop("C", std::min(C, layer.q)).keep("psum_spad", Role::output).loop("M", layer.p);
    return nest.mapping;
  }

  [[nodiscard]] EyerissLayer figures(const Einsum& einsum, Counts counts) const {
    EyerissLayer result;
    result.evaluation = evaluate(einsum, architecture_, tables_, counts);
    result.active_pes = counts.used_instances[architecture_.compute().index()];
    const MemoryCounts& glb = counts.memories[architecture_.find("shared_glb")->index()];
    const MemoryCounts& dram = counts.memories[architecture_.find("dram")->index()];
    const TensorActions& psums = glb.total[role_index(Role::output)];
    result.glb_words = psums.reads + psums.updates + psums.drains + glb.total[role_index(Role::input)].reads;
    result.filter_words = dram.total[role_index(Role::weight)].reads;
    result.dram_words = result.filter_words + dram.total[role_index(Role::input)].reads +
                        dram.total[role_index(Role::output)].updates + dram.total[role_index(Role::output)].reads;
    result.counts = std::move(counts);
    return result;
  }

  struct Nest {
    const Architecture& architecture;
    const Einsum& einsum;
    Mapping mapping;

    Nest& keep(const std::string& node, Role role) {
      mapping.steps.emplace_back(Keep{architecture.find(node).value(), role});
      return *this;
    }
    Nest& loop(const std::string& rank, std::int64_t bound, const std::string& fanout = {}) {
      if (bound == 1) return *this;
      for (std::size_t i = 0; i < einsum.ranks.size(); ++i) {
        if (einsum.ranks[i].name != rank) continue;
        mapping.steps.emplace_back(
            Loop{RankId(i), bound, fanout.empty() ? std::optional<NodeId>() : architecture.find(fanout)});
      }
      return *this;
    }
  };

  Architecture architecture_;
  ReferenceTables tables_;
};

}  // namespace ohmloop::test
