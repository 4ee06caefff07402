#pragma once

#include <cstdint>
#include <memory>
#include <unordered_map>
#include <vector>

#include "ohmloop/analysis/role_counts.hpp"
#include "ohmloop/mapper/candidate.hpp"

namespace ohmloop {

/// count_actions for the many candidates of one mapspace. Tensors are counted one by one, and candidates that differ in
/// what one tensor does not see (loops over ranks that do not move it, in one order or another; what other tensors
/// keep) share its counts. `used_instances` stays empty. Not for several threads at once.
class CandidateCounts {
 public:
  explicit CandidateCounts(const Mapspace& space);

  /// Of a legal candidate; valid until the next call. Throws OverflowError.
  const Counts& count(const Candidate& candidate);

  /// Counts of single tensors that had to be taken.
  [[nodiscard]] std::int64_t counted() const { return counted_; }

 private:
  using Key = std::vector<std::int64_t>;
  struct Hash {
    std::size_t operator()(const Key& key) const;
  };
  /// What one tensor does at one node.
  struct Share {
    std::size_t node = 0;
    TensorActions total, busiest;
    std::int64_t tile_elements = 0;
    bool keeps = false;
    std::int64_t passes = 0, busiest_passes = 0;
  };
  using Shares = std::vector<Share>;

  void make_key(const Candidate& candidate, Role role);
  Shares take(const Candidate& candidate, Role role);
  void add(const Shares& shares, Role role);
  void reset();
  [[nodiscard]] std::int64_t steps(const Candidate& candidate) const;
  [[nodiscard]] std::int64_t rows_in_use(const Candidate& candidate) const;

  const Mapspace* space_;
  ByRole<std::unique_ptr<RoleCounts>> roles_;
  ByRole<std::vector<bool>> moves_;  ///< whether a searched rank moves the tensor
  ByRole<std::unordered_map<Key, Shares, Hash>> known_;
  Key key_;
  Counts counts_;
  std::int64_t counted_ = 0;
};

}  // namespace ohmloop
