// Any bytes yield a graph that runs on small inputs, or an error of the file; anything else is a bug.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <optional>
#include <string_view>
#include <vector>

#include "ohmloop/base/checked.hpp"
#include "ohmloop/inference/interpret.hpp"
#include "ohmloop/inference/program.hpp"
#include "ohmloop/inference/read_graph.hpp"
#include "ohmloop/inference/simplify/simplify.hpp"
#include "ohmloop/text/diagnostic.hpp"

namespace {

constexpr std::int64_t batch = 2;
constexpr std::int64_t most_elements = 4096;

/// Inputs of halves and ones; nothing where a graph wants large ones.
std::optional<std::vector<ohmloop::TensorData>> small_inputs(const ohmloop::Graph& graph) {
  std::vector<ohmloop::TensorData> inputs;
  for (const ohmloop::GraphInput& input : graph.inputs) {
    ohmloop::Dims dims = input.dims;
    std::replace_if(
        dims.begin(), dims.end(), [](std::int64_t dim) { return dim < 0; }, batch);
    if (std::any_of(dims.begin(), dims.end(), [](std::int64_t dim) { return dim > most_elements; }))
      return std::nullopt;
    try {
      if (ohmloop::element_count(dims) > most_elements) return std::nullopt;
    } catch (const ohmloop::OverflowError&) {
      return std::nullopt;
    }
    ohmloop::TensorData& tensor = inputs.emplace_back(input.type, dims);
    if (input.type == ohmloop::ElementType::float32) {
      std::ranges::fill(tensor.mutable_values<float>(), 0.5F);
    } else if (input.type != ohmloop::ElementType::string) {
      std::memset(tensor.mutable_bytes(), input.type == ohmloop::ElementType::boolean ? 1 : 0, tensor.size_bytes());
    }
  }
  return inputs;
}

void run_program(const ohmloop::Graph& graph, const std::vector<ohmloop::TensorData>& inputs) {
  const ohmloop::Program program(graph, batch);
  ohmloop::Session session(program);
  for (std::size_t i = 0; i < inputs.size(); ++i) {
    // The batch of one input may have set that of the others.
    if (inputs[i].dims() != program.input_dims(i)) return;
    session.set_input(i, inputs[i]);
  }
  session.run({0, static_cast<std::size_t>(program.batch())});
  for (std::size_t i = 0; i < graph.outputs.size(); ++i) static_cast<void>(session.output(i));
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  // libFuzzer hands bytes over as unsigned ones, the reader takes them as a view of characters.
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  try {
    const ohmloop::Graph graph = ohmloop::read_graph_bytes(bytes, "fuzz.onnx");
    const auto inputs = small_inputs(graph);
    if (!inputs) return 0;
    static_cast<void>(ohmloop::interpret(graph, *inputs, {.bytes = 1 << 20U, .steps = 1e6}));
    // What plain operators could do in little memory, programs can.
    run_program(graph, *inputs);
    run_program(ohmloop::simplify(graph), *inputs);
  } catch (const ohmloop::InputError&) {
    return 0;
  } catch (const ohmloop::FileError&) {
    return 0;  // external data that are not there
  }
  return 0;
}
