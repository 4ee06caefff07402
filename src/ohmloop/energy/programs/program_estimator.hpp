#pragma once

#include <chrono>
#include <cstddef>
#include <string>

#include "ohmloop/energy/registry.hpp"

namespace ohmloop {

struct ProgramOptions {
  std::chrono::milliseconds timeout = std::chrono::seconds(10);  ///< per answer
  std::size_t max_answer_bytes = std::size_t{1} << 20;
};

/// Starts a program, asks it to describe itself and adds it to the registry, in front of all others, with the classes
/// that it declares. The program runs as long as any copy of the registry. It is asked each question once; equal
/// components ask nothing anew. Reports a program that can't be started, that crashes, does not answer in time or
/// answers with nonsense, and one of a name that exists.
///
/// What goes wrong later, at a question, is thrown as InputError: program, request, what came, and what it wrote to its
/// standard error.
///
/// Descriptions can't start programs: only who runs Ohmloop decides what runs on the machine.
void add_estimator_program(Registry& registry, const std::string& command, Diagnostics& diagnostics,
                           const ProgramOptions& options = {});

}  // namespace ohmloop
