#pragma once

#include <filesystem>
#include <string>
#include <utility>
#include <vector>

#include "ohmloop/text/test_support.hpp"
#include "ohmloop/timeloop/reading/map_text.hpp"
#include "ohmloop/timeloop/reading/read_spec.hpp"
#include "ohmloop/timeloop/reading/timeloop_stats_testing.hpp"
#include "ohmloop/timeloop/reading/to_nest.hpp"

/// For tests alone: specifications from the reference cases and from texts.
namespace ohmloop::testing_timeloop {

/// Where the reference cases lie; tests skip where they are absent.
inline std::string peers_folder() { return OHMLOOP_SOURCE_DIR "/../shared/peers/"; }
inline bool peers_are_absent() { return !std::filesystem::exists(peers_folder() + "timeloop"); }
inline constexpr const char* no_peers = "the reference cases are not beside the checkout";

/// Reads files of the reference cases; throws InputError if they have errors. `warnings` takes the warnings' messages.
inline timeloop::TimeloopSpec spec_of_peers(const std::vector<std::string>& paths,
                                            std::vector<std::string>* warnings = nullptr) {
  std::vector<SourceFilePtr> files;
  for (const std::string& path : paths) files.push_back(read_source_file(peers_folder() + path));
  Diagnostics diagnostics;
  timeloop::TimeloopSpec spec = timeloop::read_timeloop_spec(files, diagnostics);
  diagnostics.throw_if_errors();
  if (warnings != nullptr) {
    for (const Diagnostic& warning : diagnostics.warnings()) warnings->push_back(warning.message);
  }
  return spec;
}

/// The nest of such a specification; throws InputError if it has none.
inline timeloop::Nest nest_of_peers(const std::vector<std::string>& paths, const timeloop::NestOptions& options = {},
                                    std::vector<std::string>* warnings = nullptr) {
  const timeloop::TimeloopSpec spec = spec_of_peers(paths, warnings);
  Diagnostics diagnostics;
  const auto nest = timeloop::to_nest(spec, diagnostics, options);
  diagnostics.throw_if_errors();
  if (warnings != nullptr) {
    for (const Diagnostic& warning : diagnostics.warnings()) warnings->push_back(warning.message);
  }
  return nest.value();
}

/// A case with a mapping of ../shared/peers: the files to read and what Timeloop printed for them.
struct PeerCase {
  std::string name;
  std::vector<std::string> files;
  std::string stats;
  bool of_2020 = false;  ///< by a version of 2020, which prints less and takes one energy per access
};

/// Every case whose mapping is known.
inline std::vector<PeerCase> peer_cases() {
  std::vector<PeerCase> cases;
  const auto add = [&](const std::string& name, const std::string& tool, bool with_map) {
    const std::string folder = "timeloop/" + name + "/";
    PeerCase one{.name = name, .files = {}, .stats = folder + "timeloop-" + tool + ".stats.txt"};
    one.files = {folder + "parsed-processed-input.yaml", folder + "timeloop-" + tool + ".ERT.yaml",
                 folder + "timeloop-" + tool + ".ART.yaml"};
    if (with_map) one.files.push_back(folder + "timeloop-" + tool + ".map.yaml");
    cases.push_back(std::move(one));
  };
  for (const char* name : {"ex00-conv1d-1level", "ex01-conv1d-2level-os", "ex01-conv1d-2level-ws",
                           "ex02-conv1d+oc-2level-os", "ex02-conv1d+oc-2level-os-tiled", "ex03-conv1d+oc-3level",
                           "ex03-conv1d+oc-3level-bypass", "ex04-3levelspatial-cp-ws", "ex04-3levelspatial-kp-ws"}) {
    add(name, "model", false);
  }
  for (const char* name :
       {"ex05-mapper-baked", "ex05-mapper-freebypass", "ex05-mapper-null", "ex06-mapper-eyeriss-vgg02l5",
        "eyeriss_like-alexnet-0", "eyeriss_like-alexnet-1", "eyeriss_like-alexnet-2", "eyeriss_like-resnet18-05",
        "eyeriss_like-vgg16-01", "published/eyeriss_like", "published/simba_like", "published/simple_output_stationary",
        "published/simple_weight_stationary"}) {
    add(name, "mapper", true);
  }
  const std::string fixed = "timeloop/ex06-fixed-eyeriss-vgg02l5-model/";
  cases.push_back({.name = "ex06-fixed-eyeriss-vgg02l5-model",
                   .files = {fixed + "arch_problem.yaml", fixed + "map.yaml", fixed + "ERT.yaml", fixed + "ART.yaml"},
                   .stats = fixed + "timeloop-model.stats.txt"});
  for (const char* name : {"glbP2_mmP4", "glbP4_mmP2", "glbP8", "glbP8_mmK4"}) {
    const std::string probe = "timeloop/probe-halo/";
    cases.push_back({.name = std::string("probe-halo/") + name,
                     .files = {probe + name + ".yaml", probe + "ERT.yaml", probe + "ART.yaml"},
                     .stats = probe + name + ".noextrap0.stats.txt"});
  }
  const std::string pim = "accelergy/pim_ispass2020/";
  cases.push_back(
      {.name = "pim_ispass2020",
       .files = {pim + "arch/system_PIM.yaml", pim + "constraints/constraints.yaml", pim + "example_layer.yaml",
                 pim + "mapper/mapper.yaml", pim + "example_outputs/timeloop-mapper.map.txt",
                 pim + "example_outputs/timeloop-mapper.ERT.yaml", pim + "example_outputs/timeloop-mapper.ART.yaml"},
       .stats = pim + "example_outputs/timeloop-mapper.stats.txt",
       .of_2020 = true});
  return cases;
}

}  // namespace ohmloop::testing_timeloop
