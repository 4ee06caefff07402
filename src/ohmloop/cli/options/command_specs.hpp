#pragma once

#include "ohmloop/cli/option_table.hpp"

/// What each command takes, one file per command; option_table.cpp lists them.
namespace ohmloop {

CommandSpec run_spec();
CommandSpec sweep_spec();
CommandSpec study_spec();
CommandSpec plot_spec();
CommandSpec report_spec();
CommandSpec accuracy_spec();
CommandSpec map_spec();
CommandSpec model_spec();
CommandSpec convert_spec();
CommandSpec energy_spec();
CommandSpec parts_spec();
CommandSpec show_spec();
CommandSpec zoo_spec();
CommandSpec check_spec();
CommandSpec help_spec();

}  // namespace ohmloop
