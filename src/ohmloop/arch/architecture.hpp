#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "ohmloop/arch/schedule.hpp"
#include "ohmloop/base/strong_id.hpp"
#include "ohmloop/text/quantity.hpp"
#include "ohmloop/text/source.hpp"
#include "ohmloop/text/yaml.hpp"
#include "ohmloop/workload/einsum.hpp"

namespace ohmloop {

using NodeId = StrongId<struct NodeTag>;

/// One value per role: `by_role[role_index(Role::output)]`.
template <class T>
using ByRole = std::array<T, 3>;
constexpr std::size_t role_index(Role role) { return static_cast<std::size_t>(role); }

/// Whether a memory stores a tensor: said by the file, or left to the mapper.
enum class Placement { keep, bypass, free };

enum class Relation { equal, at_most, at_least };

/// "M: 4", "C: <= 8": a bound on the product of the loops over a rank that stand directly at a node.
struct FactorConstraint {
  std::string rank;
  Relation relation = Relation::equal;
  std::int64_t bound = 1;
  SourceSpan where;
};

/// What a file asks of the loops directly below a memory (temporal) or of a fan-out (spatial).
struct LoopConstraints {
  /// Ranks that may have a loop here; nothing said: all.
  std::optional<std::vector<std::string>> ranks;
  std::vector<FactorConstraint> factors;
  /// Outer to inner; the ranks that are not named stand outside of these.
  std::vector<std::string> order;
};

/// Stores tiles of tensors.
struct Memory {
  ByRole<Placement> placement = {Placement::free, Placement::free, Placement::free};
  std::optional<std::int64_t> size_bits;  ///< of one instance; nothing: unlimited
  std::int64_t width_bits = 0;            ///< of one access; 0: accesses are counted in single elements
  std::optional<double> read_bandwidth_bits_per_cycle;
  std::optional<double> write_bandwidth_bits_per_cycle;
  /// Holds input windows, one word per (array row, position), instead of the tensor: windows that overlap are stored
  /// twice.
  bool holds_windows = false;
  /// Storage elements of an array that are programmed before inference: the first fill is reported apart, not charged.
  bool resident = false;
  LoopConstraints loops;
};

/// Several copies of everything below.
struct Fanout {
  std::int64_t count = 1;
  /// input, weight: one read of the parent serves all children that want the same word in the same step.
  /// output: partial sums of the children are added on their way up; where false, the sum waits for the next node above
  /// that reduces (a memory or a converter with `reduces`).
  ByRole<bool> shares = {true, true, true};
  LoopConstraints loops;
};

/// Charged on every value that passes; stores nothing.
struct Converter {
  ByRole<bool> passes = {false, false, false};
  bool reduces = false;        ///< adds partial sums (shift-add, adder tree)
  std::int64_t shared_by = 1;  ///< values that one instance of the converter handles one after the other in a step
};

/// A part that is placed (area, leakage) but through which no counted value passes.
struct Component {
  std::int64_t count = 1;
};

/// Multiplies and adds: one point of the iteration space per instance and step.
struct Compute {};

using NodeBody = std::variant<Memory, Fanout, Converter, Component, Compute>;

/// An attribute of a node as the file gives it (or as it is inherited), with its place.
struct Attribute {
  Value value;
  SourceSpan where;  ///< of the value
  /// Inherited from the top of the file (technology, clock) or already used by the node itself (size, shared_by, ...):
  /// no estimator has to read it. Only an attribute without this mark is worth a complaint.
  bool used = false;
  SourceSpan key_where = {};  ///< of the key, for messages about its name; empty where the file has none
  bool fitted = false;        ///< its expression stands on a constant of `fitted:`
};

/// A constant that was fitted to a measurement of the chip itself.
struct FittedValue {
  std::string name;
  Value value;
  SourceSpan where;
};

struct Node {
  std::string name;        ///< unique: "shared_glb", "crossbar.rows"
  std::string class_name;  ///< component class that estimators know; empty for a plain fan-out
  NodeBody body;
  /// Of the class: depth, width, resolution, ...; technology is inherited.
  std::map<std::string, Attribute> attributes;
  /// Time of one action where the file gives one (`cycle: 100 ns`, or a converter's `rate: 1.28 GHz`); one clock cycle
  /// otherwise.
  std::optional<double> step_seconds;
  SourceSpan where;        ///< of the name
  SourceSpan class_where;  ///< of the class's name; may be empty

  template <class T>
  [[nodiscard]] const T* as() const {
    return std::get_if<T>(&body);
  }
};

/// How a storage element's conductance stands for a weight: shifted to be positive, in two's complement bits, or as is.
enum class WeightEncoding { offset, twos_complement, unsigned_binary };
enum class InputEncoding { unsigned_binary, signed_binary };
/// Where the matrices of a grouped convolution stand: each in arrays of its own, several as the blocks on the diagonal
/// of one array (zeros between them), or whichever costs less.
enum class GroupPlacement { apart, block_diagonal, either };

/// Arrays of storage elements: how operands are sliced.
struct ArraySlicing {
  int bits_per_cell = 1;
  int input_slice_bits = 1;  ///< what one DAC step takes
  std::int64_t rows = 1;
  std::int64_t columns = 1;
  NodeId cells;  ///< the memory node of the storage elements
  WeightEncoding weight_encoding = WeightEncoding::offset;
  InputEncoding input_encoding = InputEncoding::unsigned_binary;
  GroupPlacement groups = GroupPlacement::apart;
};

/// An accelerator: nodes from the outermost memory to the compute, all of them on one path. An `!Array` of the file has
/// become four nodes: fan-outs "<name>.columns" and "<name>.rows", the memory "<name>" of its storage elements (one
/// weight slice each) and the compute "<name>.multiply".
struct Architecture {
  std::string name;
  std::string description;  ///< one paragraph for people; may be empty
  std::string citation;     ///< the file's `source:`: paper and table; may be empty
  SourceFilePtr source;
  std::vector<Node> nodes;
  OperandBits bits;
  std::optional<ArraySlicing> array;
  Schedule schedule;  ///< of the layers of a network; matters where there are arrays
  double clock_hertz = 1e9;
  std::optional<double> technology_nm;
  YamlNode components;                     ///< the file's `components:` (compound component classes), read by energy/
  std::map<std::string, Value> variables;  ///< those of `fitted:` among them
  std::vector<FittedValue> fitted;         ///< `fitted:`, in the file's order
  std::set<std::string> fitted_names;      ///< of these constants and of the variables that stand on one
  /// `tables:`, the tables of single designs whose numbers hold here (energy/ knows their names), each with its place.
  std::vector<std::pair<std::string, SourceSpan>> tables;

  [[nodiscard]] const Node& node(NodeId id) const { return nodes[id.index()]; }
  [[nodiscard]] NodeId compute() const { return NodeId(nodes.size() - 1); }
  [[nodiscard]] std::optional<NodeId> find(std::string_view node_name) const;
  /// Copies of a node in the whole chip: the product of the fan-outs above it. Throws OverflowError; an architecture
  /// that was read never does.
  [[nodiscard]] std::int64_t instances(NodeId id) const;
};

/// How many groups of a layer can stand on the diagonal of one array, as the architecture's `groups` allows: divisors
/// of the layer's groups, ascending; {1} without arrays and where a matrix fills an array by itself.
std::vector<std::int64_t> block_choices(const LayerShape& shape, const Architecture& architecture);

/// The layer as this architecture computes it: sliced and flattened for arrays (array_einsum), as it is for others
/// (conv_einsum). So many of its groups (a divisor) are the blocks of one matrix; nothing said: the largest of
/// `block_choices` where groups must stand on a diagonal, 1 otherwise. Throws OverflowError where a size leaves 64
/// bits.
Einsum lower(const std::string& name, const LayerShape& shape, const Architecture& architecture,
             std::optional<std::int64_t> blocks = {});

}  // namespace ohmloop
