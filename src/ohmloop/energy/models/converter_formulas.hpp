#pragma once

namespace ohmloop {

/// Energy of one conversion in pJ, after the regression over Murmann's ADC survey that the ADC plug-in of Accelergy
/// uses (216 designs): f in conversions per second, b in bits,
///   FOM = min(213.7807 - 2.87190 ln f, 128.3068 + 3.2205 ceil(b)) dB, SNDR = 6.02 b + 1.76,
///   E = exp(26.04962 + 1.880037 ln node - 2.829126 ln b - 1.470202) / (2 10^((FOM - SNDR) / 10)).
/// The regression holds from 4 bits on. Below, a successive-approximation converter takes one comparison per bit, and
/// the energy is taken in proportion to the bits. Measured against ISAAC's own converter (8 bit, 1.2 GS/s, 32 nm: 1.667
/// pJ) it is 11% high.
double adc_energy_pj(double bits, double conversions_per_second, double technology_nm);

/// Area of one converter in um2: exp(1.34619 + .993279 ln node + .180715 ln f + .299124 ln E). Scatters widely: 5 times
/// ISAAC's 1200 um2.
double adc_area_um2(double energy_pj, double conversions_per_second, double technology_nm);

/// A binary-weighted charge-redistribution DAC of `bits`, discharged before every conversion: code D connects D of
/// 2^bits unit capacitors to the reference and the others to ground. In series they are C D (2^bits - D) / 2^bits, and
/// charging that takes V^2 times as much from the reference. The mean over codes follows from the means of D and of
/// D^2, given as parts of the largest code and its square. Charge conservation; no parasitics, no switches, no driver.
double charge_redistribution_pj(double unit_capacitance_ff, double reference_v, double bits, double mean,
                                double mean_square);

}  // namespace ohmloop
