#pragma once

#include <cstdint>
#include <memory>
#include <vector>

#include "ohmloop/arch/architecture.hpp"
#include "ohmloop/mapping/mapping.hpp"

namespace ohmloop {

/// What a memory does for one tensor, in elements (slices, where slices are ranks).
struct TensorActions {
  std::int64_t reads = 0;    ///< read for the level below: operands, and partial sums that go on accumulating
  std::int64_t fills = 0;    ///< written by the level above
  std::int64_t updates = 0;  ///< written by the level below (partial and final sums)
  std::int64_t drains = 0;   ///< read to hand sums to the level above

  friend bool operator==(const TensorActions&, const TensorActions&) = default;
};

struct MemoryCounts {
  ByRole<TensorActions> total;    ///< of all instances
  ByRole<TensorActions> busiest;  ///< of the instance with index 0 in every fan-out, which never does less than another
  ByRole<std::int64_t> tile_elements{};  ///< largest tile of one instance; 0 where the tensor is not kept
  ByRole<bool> keeps{};

  friend bool operator==(const MemoryCounts&, const MemoryCounts&) = default;
};

struct ConverterCounts {
  ByRole<std::int64_t> total{};    ///< values that pass, all instances
  ByRole<std::int64_t> busiest{};  ///< the same for the instance with index 0

  friend bool operator==(const ConverterCounts&, const ConverterCounts&) = default;
};

/// Exact action counts of one layer under one mapping. Vectors have one entry per node of the architecture; entries of
/// other kinds of nodes stay zero.
struct Counts {
  std::int64_t computes = 0;                 ///< points of the iteration space
  std::int64_t steps = 0;                    ///< temporal steps: all instances advance together
  std::int64_t rows_in_use = 0;              ///< copies under the rows of the array that uses most; 0 without arrays
  std::vector<std::int64_t> used_instances;  ///< per node: copies that have something to do at some step
  std::vector<MemoryCounts> memories;
  std::vector<ConverterCounts> converters;

  friend bool operator==(const Counts&, const Counts&) = default;
};

class RoleCounts;

/// Counts mappings of one layer on one architecture, which must outlive it: what does not depend on the mapping is made
/// once, and buffers are used again. One thread at a time.
class ActionCounter {
 public:
  ActionCounter(const Einsum& einsum, const Architecture& architecture);
  ActionCounter(ActionCounter&&) noexcept;
  ActionCounter& operator=(ActionCounter&&) = delete;
  ActionCounter(const ActionCounter&) = delete;
  ActionCounter& operator=(const ActionCounter&) = delete;
  ~ActionCounter();

  /// Counts a legal mapping (check_mapping is the caller's duty). docs/counting.md defines every action; `oracle.hpp`
  /// executes the nest and must give the same. Throws OverflowError.
  Counts count(const Mapping& mapping);
  /// The same into `counts`, whose room is used again: no memory is taken once both have seen a mapping of this size.
  void count(const Mapping& mapping, Counts& counts);

 private:
  struct Room;  ///< that a count uses again

  const Einsum* einsum_;
  const Architecture* architecture_;
  std::vector<std::unique_ptr<RoleCounts>> roles_;
  std::int64_t points_ = 0;
  std::unique_ptr<Room> room_;
};

/// The same for a single mapping.
Counts count_actions(const Einsum& einsum, const Architecture& architecture, const Mapping& mapping);

}  // namespace ohmloop
