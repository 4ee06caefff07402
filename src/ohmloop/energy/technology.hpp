#pragma once

#include <string>

namespace ohmloop {

/// Scaling of digital CMOS between technologies after Stillmaker & Baas, "Scaling equations for the accurate prediction
/// of CMOS device performance from 180 nm to 7 nm", Integration 58 (2017): tables of area factors and quadratics of the
/// supply voltage for energy, at the nodes 130, 90, 65, 45, 32, 20, 16, 14, 10 and 7 nm. Between nodes the table's
/// index is interpolated linearly. Beyond the table, area goes with the node and energy with its square root, which
/// stops at 1 nm.
double area_scale(double from_nm, double to_nm);

/// Both sides at the same supply; the tables' own default is 0.8 V.
double energy_scale(double from_nm, double to_nm, double supply_v = 0.8);

/// "x 0.66 area from 65 nm to 45 nm (Stillmaker & Baas 2017)".
std::string describe_scaling(const char* what, double factor, double from_nm, double to_nm);

}  // namespace ohmloop
