#pragma once

namespace ohmloop {

/// A resistive element with its transistor in series, read by pulses.
struct ResistiveElement {
  double on_ohm = 0;
  double off_ohm = 0;
  double access_ohm = 0;
};

/// Mean conductance in siemens of elements whose values have the mean `weight_mean` of full scale. The conductance is
/// taken as linear in the value between both ends, transistor included: exact for one bit per element, and for more
/// bits where levels are programmed to equal steps of current.
double mean_conductance(const ResistiveElement& element, double weight_mean);

/// Energy that the read voltage gives to one element in one step, in pJ: V^2 E[G] t E[x], x being the input of full
/// scale. With pulses whose length is the value (or inputs of one bit) energy is linear in the value and E[x] is its
/// mean; with voltages that are the value it is quadratic, and E[x] is the mean square. Inputs and weights are taken as
/// independent. Ohm's law; no leakage through unselected elements, no IR drop.
double resistive_compute_pj(const ResistiveElement& element, double weight_mean, double input_moment,
                            double read_voltage_v, double pulse_ns);

/// Programming: `pulses` of V^2 E[G] t; of an element on its way between both ends, so that the mean conductance of all
/// values is taken.
double resistive_program_pj(const ResistiveElement& element, double weight_mean, double voltage_v, double pulse_ns,
                            double pulses);

/// A cell that charges its capacitor where both bits are 1: C V^2 E[x] E[w].
double capacitive_compute_pj(double capacitance_ff, double voltage_v, double input_mean, double weight_mean);

/// A line of `cells` elements: activity x cells x (C of an element + pitch x C of the wire) x V^2, with the wire's
/// capacitance of wire_formulas.hpp (13 to 180 nm).
double line_energy_pj(double cells, double pitch_um, double cell_capacitance_ff, double technology_nm, double voltage_v,
                      double activity);

}  // namespace ohmloop
