#pragma once

#include <optional>

namespace ohmloop {

/// Moments of digits, as parts of the largest digit that a slice can have.
struct DigitMoments {
  double mean = 0;
  double mean_square = 0;

  friend bool operator==(const DigitMoments&, const DigitMoments&) = default;
};

/// What the energy of an array's parts takes of the values in one layer: of the digits in the storage elements and in
/// the steps of the DACs, the means over all slices. A layer has as many elements and steps of one slice as of any
/// other, so that where energy is a sum over slices and linear in a moment, the mean over slices gives the sum exactly.
/// So does a product of a weight's moment and an input's, if the two are independent: all slices of one meet all of the
/// other.
struct LayerMoments {
  std::optional<DigitMoments> weights;  ///< nothing: not known
  std::optional<DigitMoments> inputs;
  /// Share of the bits of a DAC's digits that change from one input to another that is independent of it: mean of
  /// 2 p (1 - p) over the bits, each 1 with probability p.
  std::optional<double> input_toggling;

  friend bool operator==(const LayerMoments&, const LayerMoments&) = default;
};

}  // namespace ohmloop
