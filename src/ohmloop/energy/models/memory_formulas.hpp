#pragma once

namespace ohmloop {

/// SRAM at 45 nm: energy of one access of `width` bits in a memory of `depth` words in all, divided into `banks`,
///   E = 0.00133385 depth^0.687714 width^0.861451 banks^-0.006635 pJ,
/// least squares on the logarithms of six published points (energy there, at 45 nm, and what the fit gives):
///   Horowitz ISSCC'14 8 KB, 32 bit 5 pJ (0%); eyeriss_like (Accelergy baseline designs) 192 x 16 0.824 (-34%) and
///   16384 x 64 in 32 banks 37.1 (0%); ISPASS'20 PIM study, scaled from 32 nm, 128 x 16 0.291 (+40%), 1024 x 16 1.56
///   (+9%), 1152 x 16 1.87 (-1%).
/// Only one point each tells of width and of banks, so these exponents are exact there and uncertain elsewhere. From
/// 1000 words on within 10%, below within 50%. Reads and writes are not told apart. Valid for 16 to 262144 words of 4
/// to 1024 bits.
double sram_energy_pj(double depth, double width, double banks = 1);

/// Part of a full access's energy that is spent where not everything changes: of the address in `address_share` of the
/// banks (0 to 1), of the data where `data_share` is 1. Address decoding takes 30%, the data 70% (CACTI wrapper of
/// Accelergy).
double switched_share(double address_share, double data_share);

/// A = 0.48995 bits^1.02674 um2, likewise, on five points (eyeriss_like, ISPASS'20); these contradict each other by
/// factors (0.28 to 1.2 um2 per bit), so the fit is within a factor of 2.3 of each.
double sram_area_um2(double bits);

/// Embedded DRAM at 32 nm: the one published point, ISAAC's 64 KiB of 256 bit (20.7 mW at 1 KiB per 100 ns: 64.7 pJ an
/// access; 0.083 mm2), carried to other sizes and widths with the exponents of sram_energy_pj and sram_area_um2. That
/// eDRAM grows as SRAM does is an assumption. One check: DaDianNao's 36 MiB take 33.2 mm2 (ISAAC's Table I), this
/// gives 57. Meant for 4 KiB to 64 MiB and words of 4 to 1024 bits.
double edram_energy_pj(double bits, double width);
double edram_area_um2(double bits);

/// Register file (scratchpad) of up to 64 words at 45 nm through eyeriss_like's 12 x 16 (0.146 pJ, 379.68 um2) and
/// 24 x 16 (0.153 pJ, 414.68 um2): a power of the depth, linear in the width.
double register_file_energy_pj(double depth, double width);
double register_file_area_um2(double depth, double width);

}  // namespace ohmloop
