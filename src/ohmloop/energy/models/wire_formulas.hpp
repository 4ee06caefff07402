#pragma once

namespace ohmloop {

/// Capacitance of a wire in pF per mm, between 13 and 180 nm: the table that Accelergy's interconnect plug-in uses
/// (0.440 at 180 nm ... 0.345 at 50 nm ... 0.247 at 13 nm), linear between its nodes.
double wire_capacitance_pf_per_mm(double technology_nm);

/// Energy that the supply gives for one bit over `length_mm`: activity x C x V^2, without repeaters.
double wire_energy_pj(double length_mm, double technology_nm, double voltage_v, double activity);

}  // namespace ohmloop
