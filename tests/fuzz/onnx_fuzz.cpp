// Any bytes yield a network or an InputError; anything else is a bug.
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "ohmloop/text/diagnostic.hpp"
#include "ohmloop/workload/onnx_reader.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  // libFuzzer hands bytes over as unsigned ones, the reader takes them as a view of characters.
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  try {
    const ohmloop::Network network = ohmloop::read_onnx_bytes(bytes, "fuzz.onnx", {.batch = 2});
    for (const ohmloop::NetworkNode& node : network.nodes) static_cast<void>(node.output_elements());
  } catch (const ohmloop::InputError&) {
    return 0;
  }
  return 0;
}
