#pragma once

#include "ohmloop/analog/quantiser.hpp"
#include "ohmloop/analog/value_histogram.hpp"

namespace ohmloop {

enum class ActivationScaleRule {
  maximum,       ///< the largest magnitude that was seen gets the largest code
  percentile,    ///< a magnitude that all but a few values do not exceed does; the others are cut
  least_squares  ///< the least squared error of what was seen
};

struct ActivationQuantisation {
  int bits = 8;  ///< 1 to 16
  ActivationScaleRule rule = ActivationScaleRule::maximum;
  double percentile = 99.99;  ///< of the magnitudes, zeros included
};

/// The quantiser for activations with this distribution: unsigned if none of them is below 0, signed otherwise.
///
/// - `maximum` is exact. `percentile` is at most 1/128 too high (ValueHistogram::magnitude_at); where the magnitude is
/// 0
///   because nearly all values are, it is `maximum`.
/// - `least_squares` tries all j / 256 of the scale that cuts nothing, and then 31 scales between the neighbours of the
///   best. The squared error is integrated in closed form with values spread evenly over each bin of the histogram,
///   which are 1/128 wide: with fewer values than codes, a scale that suits just these values may be some percent
///   better. For signed codes of 1 bit the scale is the mean magnitude, which is exact.
///
/// Without values, or with zeros alone, the scale is 1.
Quantiser calibrate(const ValueHistogram& values, const ActivationQuantisation& options = {});

}  // namespace ohmloop
