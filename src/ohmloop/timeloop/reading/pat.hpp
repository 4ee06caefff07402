#pragma once

#include <cstdint>

/// The energies that Timeloop's public built-in model ("PAT") gives where no ERT does. Source: Timeloop's `pat-public`.
namespace ohmloop::timeloop {

/// One access of an SRAM of height x width bits: (1 + 5/99.5 x (KB - 0.5)) x width/16 pJ.
double pat_sram_access_pj(std::int64_t height, std::int64_t width_bits);

/// One access of a DRAM: 200 pJ for each 16 bits.
double pat_dram_access_pj(std::int64_t width_bits);

/// One multiplication: (a/16) x (b/16) pJ.
double pat_multiply_pj(double a_bits, double b_bits);

}  // namespace ohmloop::timeloop
