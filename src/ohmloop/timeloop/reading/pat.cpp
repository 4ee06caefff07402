#include "ohmloop/timeloop/reading/pat.hpp"

namespace ohmloop::timeloop {

double pat_sram_access_pj(std::int64_t height, std::int64_t width_bits) {
  const double width = static_cast<double>(width_bits);
  const double kilobytes = static_cast<double>(height) * width / 8 / 1024;
  return (1 + 5 / 99.5 * (kilobytes - 0.5)) * width / 16;
}

double pat_dram_access_pj(std::int64_t width_bits) { return 200.0 * static_cast<double>(width_bits) / 16; }

double pat_multiply_pj(double a_bits, double b_bits) { return a_bits / 16 * (b_bits / 16); }

}  // namespace ohmloop::timeloop
