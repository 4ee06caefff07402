// Timeloop's files: any bytes are read to a nest or refused with diagnostics; never a crash, never an unbounded run.
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>

#include "ohmloop/base/checked.hpp"
#include "ohmloop/timeloop/reading/read_spec.hpp"
#include "ohmloop/timeloop/reading/to_nest.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto source = std::make_shared<const ohmloop::SourceFile>(
      ohmloop::SourceFile{.path = "fuzz.yaml", .text = std::string(reinterpret_cast<const char*>(data), size)});
  ohmloop::Diagnostics diagnostics;
  const ohmloop::timeloop::TimeloopSpec spec = ohmloop::timeloop::read_timeloop_spec({source}, diagnostics);
  const auto nest = ohmloop::timeloop::to_nest(spec, diagnostics);
  if (!nest && !diagnostics.has_errors()) __builtin_trap();
  return 0;
}
