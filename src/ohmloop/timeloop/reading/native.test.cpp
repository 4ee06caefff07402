#include "ohmloop/timeloop/reading/native.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "ohmloop/analysis/counts.hpp"
#include "ohmloop/arch/read_architecture.hpp"
#include "ohmloop/mapping/read_mapping.hpp"
#include "ohmloop/timeloop/reading/reading_testing.hpp"
#include "ohmloop/workload/layer_file.hpp"

namespace ohmloop::timeloop {
namespace {

using namespace testing_timeloop;
using testing_text::source_of;
using testing_text::tree_of;

/// Our own readers' view of the converted files.
struct ReadBack {
  Architecture architecture;
  Einsum einsum;
  std::optional<Mapping> mapping;
};

ReadBack read_back(const NativeDescription& native) {
  Diagnostics diagnostics;
  ReadBack result{.architecture = read_architecture(source_of(native.architecture, "arch.yaml"), {}, diagnostics),
                  .einsum = {},
                  .mapping = {}};
  const auto layer = read_layer(*tree_of(native.layer).find("layer"), "layer", diagnostics);
  diagnostics.throw_if_errors();
  result.einsum = std::get<EinsumLayer>(layer->form).einsum;
  if (!native.mapping) return result;
  const YamlNode mapping_file = tree_of(*native.mapping);
  const auto mapping = read_mapping(*mapping_file.find("mapping"), result.einsum, result.architecture, diagnostics);
  diagnostics.throw_if_errors();
  result.mapping = mapping->mapping;
  return result;
}

NativeDescription native_of(const TimeloopSpec& spec, std::vector<std::string>* warnings = nullptr) {
  Diagnostics diagnostics;
  const auto native = to_native(spec, diagnostics);
  diagnostics.throw_if_errors();
  for (const Diagnostic& warning : diagnostics.warnings()) {
    if (warnings != nullptr) warnings->push_back(warning.message);
  }
  return native.value();
}

TEST(NativeFromTimeloop, WritesDescriptionsThatOurReadersTake) {
  if (peers_are_absent()) GTEST_SKIP() << no_peers;
  for (const PeerCase& peer : peer_cases()) {
    SCOPED_TRACE(peer.name);
    const TimeloopSpec spec = spec_of_peers(peer.files);
    const NativeDescription native = native_of(spec);
    SCOPED_TRACE(native.architecture + native.layer + native.mapping.value_or(""));
    ReadBack back;
    try {
      back = read_back(native);
    } catch (const InputError& error) {
      ADD_FAILURE() << render(error.diagnostics());
      continue;
    }
    std::int64_t points = 1;
    for (const std::int64_t size : spec.problem->sizes) points *= size;
    EXPECT_EQ(back.einsum.points(), points);
    // At its innermost level, where order has no effect, Timeloop's mapper did not hold the order of these two.
    const bool holds_constraints = peer.name != "ex05-mapper-baked" && peer.name != "ex05-mapper-freebypass";
    const LegalityOptions rules{.allow_imperfect = true, .check_constraints = holds_constraints};
    for (const Violation& violation : check_mapping(back.einsum, back.architecture, *back.mapping, rules)) {
      ADD_FAILURE() << violation.message;
    }
  }
}

TEST(NativeFromTimeloop, KeepsTheInstancesOfEveryLevel) {
  if (peers_are_absent()) GTEST_SKIP() << no_peers;
  const NativeDescription native =
      native_of(spec_of_peers({"timeloop/published/simba_like/parsed-processed-input.yaml"}));
  const ReadBack back = read_back(native);
  std::string text;
  for (const Node& node : back.architecture.nodes) {
    if (const auto* container = node.as<Fanout>()) text += fmt::format("{} {};", node.name, container->count);
  }
  EXPECT_EQ(text, "PE 16;distributed_buffers 4;reg_mac 4;");
}

TEST(NativeFromTimeloop, SaysWhatItLeavesOut) {
  if (peers_are_absent()) GTEST_SKIP() << no_peers;
  std::vector<std::string> warnings;
  native_of(spec_of_peers({"timeloop/published/simba_like/parsed-processed-input.yaml"}), &warnings);
  const auto said = [&](const std::string& wanted) {
    return std::find(warnings.begin(), warnings.end(), wanted) != warnings.end();
  };
  EXPECT_TRUE(said("left out at 'PEWeightRegs', for it has no counterpart: cluster_size"));
  EXPECT_TRUE(said("class 'smartbuffer_SRAM' of 'GlobalBuffer' becomes 'sram': compound components are not converted"));
  EXPECT_TRUE(said("the settings of the mapper are left out: state them as options of `ohmloop run`"));
}

}  // namespace
}  // namespace ohmloop::timeloop
