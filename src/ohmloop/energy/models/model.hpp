#pragma once

#include <memory>
#include <vector>

#include "ohmloop/energy/estimator.hpp"

namespace ohmloop {

/// The built-in formulas. Each one's header comment gives its source, its range of validity and how far it is off the
/// points that it was made from; its test checks them.
std::unique_ptr<Estimator> make_adc_survey_model();
std::unique_ptr<Estimator> make_capacitive_dac_model();
std::unique_ptr<Estimator> make_charge_redistribution_model();
std::unique_ptr<Estimator> make_arithmetic_model();
std::unique_ptr<Estimator> make_functional_units_model();
std::unique_ptr<Estimator> make_fp_mac_model();
std::unique_ptr<Estimator> make_memory_model();
std::unique_ptr<Estimator> make_edram_model();
std::unique_ptr<Estimator> make_register_model();
std::unique_ptr<Estimator> make_stated_model();
std::unique_ptr<Estimator> make_conductance_model();
std::unique_ptr<Estimator> make_capacitive_cell_model();
std::unique_ptr<Estimator> make_line_driver_model();
std::unique_ptr<Estimator> make_wire_model();
std::unique_ptr<Estimator> make_constant_model();

/// Whether the component's technology is the one a formula holds at (or the component has none).
bool at_technology(Query& query, double technology_nm);
Rejection other_technology(double technology_nm);

}  // namespace ohmloop
