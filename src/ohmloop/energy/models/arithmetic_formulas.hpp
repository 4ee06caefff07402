#pragma once

namespace ohmloop {

/// Integer arithmetic at 45 nm and 0.9 V after Horowitz, ISSCC 2014. Adders are affine in the width through the
/// published 8 and 32 bit (0.03 and 0.1 pJ, 36 and 137 um2); the published 16 bit (0.05 pJ, 67 um2) is met within 7%
/// and 4%. Multipliers are a power of the width through 8 and 32 bit (0.2 and 3.1 pJ, 282 and 3495 um2): nearly
/// quadratic. Meant for 2 to 64 bits.
double adder_energy_pj(double bits);
double adder_area_um2(double bits);
double multiplier_energy_pj(double bits);
double multiplier_area_um2(double bits);

/// A multiplication of which one factor stays takes 85% of one of random factors (rule of the Aladdin plug-in of
/// Accelergy; its 16-bit unit at 45 nm publishes 1.877 of 2.2 pJ with an adder of 0.043 pJ). A gated multiplier takes
/// nothing beyond its leakage, and the adder adds.
inline constexpr double reused_multiplication = .85;

}  // namespace ohmloop
