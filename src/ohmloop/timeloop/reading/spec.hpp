#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "ohmloop/text/yaml.hpp"
#include "ohmloop/timeloop/counting/evaluate.hpp"
#include "ohmloop/timeloop/counting/nest.hpp"

/// What Timeloop's files say, checked and with every name resolved; still one part per kind of file. `to_nest` joins
/// the parts. Lists by level go from the innermost storage outwards, as in a `Nest`.
namespace ohmloop::timeloop {

/// A constraint that stands at a node of a v0.4 architecture: `constraints: {temporal: {factors: ...}}`.
struct InlineConstraint {
  std::string type;  ///< "temporal", "spatial", "dataspace", ...
  YamlNode value;
};

/// A storage level. A fan-out of a v0.4 file is a level of its own, as Timeloop's front end makes it.
struct SpecLevel {
  StorageLevel storage;    ///< without loops and energies; its rules are those that the constraints state
  std::string class_name;  ///< "dummy_storage" for a fan-out
  bool fanout_only = false;
  std::string node;  ///< of a fan-out: the node whose copies it spreads over ("PE" of "inter_PE_spatial")
  double min_utilization = 0;
  std::string memory_type;  ///< `type` of a DRAM, as written: "LPDDR4"
  std::optional<std::int64_t> banks;
  std::optional<double> stated_access_pj;       ///< `vector_access_energy`: wins over any table
  std::string power_gated_at;                   ///< name of the level, or empty
  std::map<std::string, std::string> networks;  ///< "network_read" -> name of a network component
  std::vector<InlineConstraint> constraints;
  SourceSpan where;
};

struct SpecArithmetic {
  Arithmetic arithmetic;
  std::string class_name;
  double multiplier_width_bits = 16;            ///< for an energy without a table
  std::optional<std::int64_t> multiplier_bits;  ///< as stated
  std::optional<std::int64_t> adder_bits;
  std::optional<double> stated_compute_pj;
  SourceSpan where;
};

struct SpecNetwork {
  Network network;  ///< `outer` and energies of tables are not set yet
  std::string action = "transfer";
  bool action_per_data_space = false;  ///< "transfer_Inputs"
  std::string multicast_argument;      ///< name of the action's argument that holds the multicast factor
  SourceSpan where;
};

/// A `!Parallel` of a v0.4 architecture: the levels of each of its branches.
using ParallelBranches = std::vector<std::vector<std::size_t>>;

struct Hardware {
  std::vector<SpecLevel> levels;  ///< innermost first
  std::vector<ParallelBranches> parallels;
  std::optional<SpecArithmetic> arithmetic;
  std::vector<SpecNetwork> networks;
  std::string technology;         ///< "40 nm", of the innermost node that states one; or empty
  std::optional<double> cycle_s;  ///< `global_cycle_seconds`

  [[nodiscard]] std::vector<std::string> level_names() const;
};

/// "C=4", "C<=4", "P=4,3".
struct Factor {
  enum class Relation { equal, at_most, at_least };
  static constexpr std::int64_t remainder = -1;  ///< whatever the other levels leave; in constraints alone

  std::size_t dimension = 0;
  Relation relation = Relation::equal;
  std::int64_t bound = 1;
  std::int64_t last_bound = 1;  ///< differs from `bound` only in "P=4,3"
  SourceSpan where;
};

/// Temporal or spatial loops of a level, as a mapping fixes or a constraint bounds them.
struct LoopDirective {
  std::size_t level = 0;
  bool spatial = false;
  std::vector<Factor> factors = {};
  std::vector<std::size_t> permutation = {};  ///< innermost first; may be incomplete
  std::optional<std::size_t> split = {};      ///< where in the permutation X ends and Y begins
  SourceSpan where;
};

/// What a mapping or a list of constraints says.
struct DirectiveSet {
  std::vector<LoopDirective> loops;
  std::vector<std::vector<std::optional<bool>>> keep;  ///< [level][data space]; nothing: not said
  std::vector<std::vector<DataSpaceRules>> rules;      ///< [level][data space]; `keep` in them is not used
  std::vector<std::optional<double>> min_parallelism;  ///< [level]

  [[nodiscard]] const LoopDirective* find(std::size_t level, bool spatial) const;
};

/// Energy of an action of an ERT. Arguments that are no numbers are left out.
struct ErtAction {
  std::string name;
  std::map<std::string, double, std::less<>> arguments;
  double energy_pj = 0;
};

struct ErtTable {
  std::string component;  ///< without path and ranges: "mac" of "chip.PE[0..167].mac"
  std::vector<ErtAction> actions;
  SourceSpan where;
};

struct ArtTable {
  std::string component;
  double area_um2 = 0;  ///< of one instance
};

struct MapperSetting {
  std::string key;
  std::vector<std::string> values;
  SourceSpan where;
};

/// All files together. A part that no file states is absent.
struct TimeloopSpec {
  std::string version;  ///< of the architecture: "0.3", "0.4"
  std::optional<Hardware> hardware;
  std::optional<Problem> problem;
  std::optional<DirectiveSet> mapping;
  DirectiveSet constraints;
  std::optional<std::vector<ErtTable>> ert;
  std::optional<std::vector<ArtTable>> art;
  std::vector<MapperSetting> mapper;
  std::vector<YamlNode> compound_components;  ///< values of `compound_components:`, as they stand
  std::optional<YamlNode> architecture;       ///< value of `architecture:`, as it stands
  std::optional<YamlNode> variables;
  /// As the environment variables under `globals:` ask for, and as the file's version asks for.
  CountingOptions counting;
  SourceSpan mapping_where;
};

}  // namespace ohmloop::timeloop
