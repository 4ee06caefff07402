#pragma once

#include <vector>

namespace ohmloop {

struct SramNumbers {
  double read_pj = 0;
  double write_pj = 0;
  double leakage_w = 0;
  double area_um2 = 0;
};

/// Static memory at 22, 32, 45, 65 or 90 nm, of `depth` words in all, divided into `banks`: the points of
/// sram_points.hpp (CACTI 7, low-standby-power transistors), interpolated in the logarithms of depth and width. Against
/// CACTI itself at 60 sizes off its points: reads within 6% in the mean (37% at worst), writes 4% (20%), leakage 3%
/// (17%), area 4% (26%). Against other published figures, energies of reading:
///   Horowitz ISSCC'14, 8 KB, 32 bit at 45 nm: +5%;
///   ISPASS'20 PIM study at 32 nm, 128, 1024, 1152 words of 16 bit: +48, +4, -4%;
///   eyeriss_like's reference tables at 45 nm (Accelergy's baseline designs; means over addresses and data): 192 words
///   of 16 bit -22%, 16384 of 64 bit in 32 banks -26%.
/// Below 32 words and 16 bits the rule of Accelergy's CACTI wrapper holds: energies go with depth^0.78 and with 0.3 +
/// 0.7 of the width, leakage and area in proportion. In banks, an access costs that of one bank and of the wires to it
/// (below): against CACTI at 120 sizes of 2 to 32 banks at 32, 45 and 65 nm, reads within 8% in the mean (27% at
/// worst), writes 6% (21%); at 30 sizes at 22 and 90 nm, at which nothing was fitted, 10% (28%) and 9% (22%). Leakage
/// and area of all banks are those of one memory times banks^0.125 and banks^0.057, fitted for banks of at least 512
/// words, 8 and 12% in the mean. Valid for 16 to 262144 words of 1 to 1024 bits; `technology_nm` must be one of
/// sram_technologies_nm().
SramNumbers sram_numbers(double technology_nm, double depth, double width, double banks = 1);
std::vector<double> sram_technologies_nm();

/// The part of a banked memory's access that its wires take: those of the data and of the address, along 1.4 (1 -
/// banks^-1/2) sides of the square that all banks fill, each charged once per access with the capacitance of
/// wire_formulas.hpp at the supply of CACTI's transistors (0.8, 1.0, 1.1, 1.2, 1.3 V at 22, 32, 45, 65, 90 nm). The
/// length is that of a tree over the banks; the 1.4, fitted to CACTI, stands for repeaters and the room between banks.
/// That every wire switches is CACTI's convention: random data switch one in four of those charges.
double sram_bank_wires_pj(double technology_nm, double depth, double width, double banks);

/// Part of a full access's energy that is spent where not everything changes: of the address in `address_share` of the
/// banks (0 to 1), of the data where `data_share` is 1. Address decoding takes 30%, the data 70% (CACTI wrapper of
/// Accelergy).
double switched_share(double address_share, double data_share);

/// Embedded DRAM at 32 nm: the one published point, ISAAC's 64 KiB of 256 bit (20.7 mW at 1 KiB per 100 ns: 64.7 pJ an
/// access; 0.083 mm2), carried to other sizes as CACTI's static memories grow at 32 nm: depth^0.606 width^1.139 in
/// energy (least squares for 256 to 65536 words of 32 to 512 bits), bits^1.006 in area. That eDRAM grows as SRAM does
/// is an assumption. One check: DaDianNao's 36 MiB take 33.2 mm2 (ISAAC's Table I), this gives 49.5. Meant for 4 KiB to
/// 64 MiB and words of 4 to 1024 bits.
double edram_energy_pj(double bits, double width);
double edram_area_um2(double bits);

/// Register file (scratchpad) of up to 64 words at 45 nm through eyeriss_like's 12 x 16 (0.146 pJ, 379.68 um2) and
/// 24 x 16 (0.153 pJ, 414.68 um2): a power of the depth, linear in the width. Other published figures are
/// higher: at 12 and 16 words the later tables of the same design, which cut a CACTI memory of 64 words of 32 bits in
/// proportion and add an address generator, exceed it by 2.4 to 3.3 times at 65 nm and by 1.8 to 2.6 times at 32 nm
/// (scaled); a 16-bit register of Aladdin's exceeds its one word by 17%. Below the smallest memory that a compiler
/// makes, public figures agree no better.
double register_file_energy_pj(double depth, double width);
double register_file_area_um2(double depth, double width);

}  // namespace ohmloop
