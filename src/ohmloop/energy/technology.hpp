#pragma once

#include <string>

namespace ohmloop {

/// Scaling of digital CMOS between technologies after Stillmaker & Baas, "Scaling equations for the accurate prediction
/// of CMOS device performance from 180 nm to 7 nm", Integration 58 (2017): tables of area factors and quadratics of the
/// supply voltage for energy, at the nodes 130, 90, 65, 45, 32, 20, 16, 14, 10 and 7 nm. Between nodes the table's
/// index is interpolated linearly. Beyond the table, area goes with the node and energy with its square root, which
/// stops at 1 nm.
double area_scale(double from_nm, double to_nm);

/// The supply at which numbers hold that say nothing of it: the tables' own default.
inline constexpr double standard_supply_v = 0.8;

/// Both sides at the same supply.
double energy_scale(double from_nm, double to_nm, double supply_v = standard_supply_v);
/// The quadratics of both nodes, each at its own supply.
double energy_scale(double from_nm, double to_nm, double from_v, double to_v);
/// Below this supply the quadratic of a node rises again, and says nothing: 0.59 V at 65 nm, 0.41 V at 32 nm.
double lowest_supply_v(double nm);

/// Leakage power: area x supply. An assumption of ours, not a result of the paper, whose quadratics describe the energy
/// of switching gates alone: leakage current per area stays the same, because ever more but smaller transistors leak
/// about the same per width, and power is that current times the supply. hwcomponents scales leakage as it scales
/// switching energy; a published figure at the wanted node is better than either.
double leakage_scale(double from_nm, double to_nm, double from_v, double to_v);

/// What takes a number from one technology and supply to another.
struct Scaling {
  double from_nm = 0;
  double to_nm = 0;
  double from_v = standard_supply_v;
  double to_v = standard_supply_v;
};

/// "x 0.55 energy from 65 nm to 45 nm and from 0.8 V to 0.7 V (Stillmaker & Baas 2017)"; technologies and supplies that
/// are the same are left out.
std::string describe_scaling(const char* what, double factor, const Scaling& scaling, const char* source);

/// "x 0.66 area from 65 nm to 45 nm (Stillmaker & Baas 2017)".
std::string describe_scaling(const char* what, double factor, double from_nm, double to_nm);

}  // namespace ohmloop
