#pragma once

#include "ohmloop/cost/cost_model.hpp"
#include "ohmloop/cost/evaluation.hpp"
#include "ohmloop/mapper/mapper.hpp"

namespace ohmloop {

/// How good a mapping is: smaller is better, `tie` decides among equals.
struct Score {
  double value = 0;
  double tie = 0;

  friend auto operator<=>(const Score&, const Score&) = default;
};

/// Energy is dynamic energy plus leakage; the tie goes to the factor that the objective leaves out, or to energy.
Score score(const Objective& objective, const Cost& cost);
Score score(const Objective& objective, const Evaluation& evaluation);

}  // namespace ohmloop
