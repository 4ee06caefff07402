#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

/// Plain structs of one evaluation in Timeloop's way: what `reading/` fills and `evaluate` takes. Nothing here knows of
/// files. Everything that is a list by data space has one entry per data space of the problem, everything that is a
/// list by dimension one entry per dimension; levels go from the innermost storage outwards.
namespace ohmloop::timeloop {

/// coefficient x dimension, a summand of an axis.
struct ProjectionTerm {
  std::size_t dimension = 0;
  std::int64_t coefficient = 1;
};

/// An operand or the result. Each axis (Timeloop: rank) is a sum of terms. Padding does not exist.
struct DataSpace {
  std::string name;
  bool read_write = false;  ///< sums are accumulated in it
  std::vector<std::vector<ProjectionTerm>> axes;
};

struct Problem {
  std::vector<std::string> dimensions;
  std::vector<std::int64_t> sizes;
  std::vector<DataSpace> data_spaces;
};

enum class LoopKind { temporal, spatial_x, spatial_y };

/// One loop of the mapping. Its last global iteration may be shorter (Timeloop's residual factor `P=4,3`).
struct Loop {
  std::size_t dimension = 0;
  std::int64_t bound = 1;
  std::int64_t last_bound = 1;  ///< 1 .. bound; equals bound where the factor divides
  LoopKind kind = LoopKind::temporal;
};

/// Energy of one access of `block_size x cluster_size` words, the maximum over the arguments of the action in the ERT.
struct AccessEnergies {
  double read_pj = 0;
  double fill_pj = 0;
  double update_pj = 0;
  double leak_pj = 0;  ///< per instance and cycle
};

/// How a level treats one data space.
struct DataSpaceRules {
  bool keep = true;                ///< false: bypassed
  bool no_temporal_reuse = false;  ///< the whole tile is fetched at every step
  bool no_spatial_reuse = false;   ///< children below this level's fan-out share no word (no multicast, no reduction)
  bool no_link_transfer = false;   ///< children take no word from a neighbour
  bool no_coalesce = false;        ///< what passes is written and read one by one
  bool rmw_first_update = false;   ///< the first touch of a sum reads it, too
  double bandwidth_consumption = 1.0;  ///< words of bandwidth per word
};

/// A storage level, and the loops of its block. A fan-out that Timeloop's front end turns into a dummy storage
/// (`inter_X_spatial`) is a level of its own that keeps nothing.
struct StorageLevel {
  std::string name;
  std::int64_t instances = 1;  ///< in the hardware
  std::int64_t mesh_x = 1;     ///< of those, cumulative as Timeloop counts them; mesh_x x mesh_y = instances
  std::int64_t mesh_y = 1;
  bool is_dram = false;  ///< unlimited if without capacity; sums are not added in place
  std::optional<std::int64_t> capacity_words;
  std::int64_t word_bits = 8;
  std::int64_t block_size = 1;    ///< words of one access of one instance
  std::int64_t cluster_size = 1;  ///< neighbouring instances that share an access
  double multiple_buffering = 1.0;
  std::optional<double> read_bandwidth;     ///< words per cycle and instance; absent: unlimited
  std::optional<double> write_bandwidth;    ///< fills and updates
  std::optional<double> shared_bandwidth;   ///< reads and writes together
  std::optional<bool> reduction_supported;  ///< absent: not for DRAM
  /// The outer level whose instances switch this level's instances off together; absent: each goes by itself.
  std::optional<std::size_t> power_gated_at;
  AccessEnergies energies;
  double address_generation_pj = 0;  ///< per address and cluster
  double temporal_reduction_pj = 0;  ///< per addition
  double area_um2 = 0;               ///< of one instance

  std::vector<DataSpaceRules> rules;  ///< by data space
  /// Innermost first. First the spatial loops (X, then Y) over the instances of what lies below, then temporal ones.
  std::vector<Loop> loops;
};

struct Arithmetic {
  std::string name;
  std::int64_t instances = 1;
  std::int64_t mesh_x = 1;
  std::int64_t mesh_y = 1;
  std::int64_t word_bits = 16;
  double compute_pj = 0;
  double area_um2 = 0;
};

enum class NetworkKind { legacy, simple_multicast, reduction_tree };

/// What a network carries: down (operands, old sums), up (sums), or both.
enum class NetworkDirection { down, up, both };

/// Energy of one ingress by multicast factor, of a SimpleMulticast network.
struct MulticastEnergy {
  std::int64_t multicast = 1;
  double ingress_pj = 0;
};

/// The network between a level and what lies below it.
struct Network {
  std::string name;
  NetworkKind kind = NetworkKind::legacy;
  NetworkDirection direction = NetworkDirection::both;
  std::size_t outer = 0;  ///< storage level above; the network is charged for this level's traffic
  std::int64_t word_bits = 16;
  double hop_pj = 0;      ///< legacy: per word and hop
  double router_pj = 0;   ///< legacy
  double ingress_pj = 0;  ///< legacy
  double adder_pj = 0;    ///< per addition on the way up
  /// simple_multicast: by data space (empty: free), ascending by factor. A factor between two entries takes the next
  /// larger one.
  std::vector<std::vector<MulticastEnergy>> multicast_energies;
  std::int64_t fill_latency_cycles = 0;
  std::int64_t drain_latency_cycles = 0;
};

/// All of it. A level whose network is not listed has a free one.
struct Nest {
  Problem problem;
  std::vector<StorageLevel> levels;  ///< innermost first; at least one
  Arithmetic arithmetic;
  std::vector<Network> networks;
};

}  // namespace ohmloop::timeloop
