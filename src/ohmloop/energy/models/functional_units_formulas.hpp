#pragma once

#include <string_view>

namespace ohmloop {

/// Functional units of Aladdin (Shao et al., ISCA 2014; tables of the Accelergy plug-in), synthesised at 40 nm for a
/// result every 1 ns. Published for 32 bits, except flip-flops: for one bit. Crossbar: 2 ns, one input and 4 outputs.
/// Units of other widths are taken in proportion to the width, multipliers to its square, as the plug-in does;
/// published widths are met exactly.
enum class FunctionalUnit { adder, multiplier, flip_flop, comparator, counter, shifter, bitwise, crossbar };

struct FunctionalUnitNumbers {
  double energy_pj = 0;  ///< dynamic, one operation
  double leakage_w = 0;  ///< idle energy per time; where a leakage power is printed, that
  double area_um2 = 0;
};

FunctionalUnitNumbers functional_unit(FunctionalUnit unit, double width_bits);

}  // namespace ohmloop
