#pragma once

#include <functional>
#include <vector>

#include "ohmloop/energy/registry.hpp"
#include "ohmloop/study/sweep_axes.hpp"

namespace ohmloop {

/// What a sweep is made of; must outlive its evaluation.
struct SweepInputs {
  std::vector<Network> networks;
  SourceFilePtr architecture;
  std::vector<PlacedText> set;
  std::vector<ParsedAxis> axes;
  const Registry* registry = nullptr;
};

struct SweepOptions {
  MapperOptions mapper = {};
  std::size_t threads = 0;  ///< 0: all cores
  /// After every point, from any thread.
  std::function<void(std::size_t done, std::size_t all)> progress = {};
  /// True once no further point is wanted.
  std::function<bool()> stop = {};
};

/// Reads the chip with every value of every axis once (the others at their first), and gives what is wrong with them:
/// so a typing error is told before the work.
std::vector<Diagnostic> check_values(const SweepInputs& inputs, const SweepOptions& options = {});

/// Evaluates the product, a point per thread; points that were not reached are left out. A chip that can't be read with
/// its combination of values and a layer without a mapping are failures of their points. The result does not depend on
/// the threads.
std::vector<SweepPoint> evaluate_sweep(const SweepInputs& inputs, const SweepOptions& options = {});

}  // namespace ohmloop
