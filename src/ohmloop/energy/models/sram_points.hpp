#pragma once

#include <array>
#include <cstddef>

namespace ohmloop {

/// What CACTI 7 says of static memories: one bank, one read-write port, ITRS low-standby-power transistors in cells and
/// periphery, 300 K, optimised for leakage: the configuration that the CACTI plug-ins of Accelergy ship
/// (accelergy-cacti-plug-in, hwcomponents-cacti 1.0.40), run at its five technologies for 32 to 262144 words of 16 to
/// 1024 bits, in steps of two. Its entries for 128 KiB of 64 bits are those of the reference tables that Timeloop's
/// baseline designs store. Four of 1960 entries were raised to their neighbour, by 1.5% at most, so that all grow with
/// both axes.
inline constexpr std::size_t sram_depths = 14;
inline constexpr std::size_t sram_widths = 7;
inline constexpr double sram_first_depth = 32;
inline constexpr double sram_first_width = 16;

using SramTable = std::array<std::array<double, sram_depths>, sram_widths>;

struct SramGrid {
  double technology_nm = 0;
  SramTable read_pj{};
  SramTable write_pj{};
  SramTable leakage_nw{};
  SramTable area_um2{};
};

extern const std::array<SramGrid, 5> sram_grids;

}  // namespace ohmloop
