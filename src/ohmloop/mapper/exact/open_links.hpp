#pragma once

#include <cstddef>
#include <cstdint>

#include "ohmloop/mapper/exact/skeleton.hpp"

namespace ohmloop {

/// Which links of one tensor are open at a place of the nest, as one small number: the reuse of an open link's tile has
/// not ended. Links first .. (the outermost that has begun) are; all of them stand still, or have slid along one axis.
struct OpenLinks {
  std::size_t first = 0;  ///< 0: no link is open
  std::size_t slid = 0;   ///< axis + 1; 0: the tiles stand still

  friend bool operator==(const OpenLinks&, const OpenLinks&) = default;
};

/// The numbers of one tensor's open links at the blocks of a skeleton.
class LinkCodes {
 public:
  LinkCodes(const Skeleton& skeleton, Role role);

  /// Codes that are possible inside a block's memory.
  [[nodiscard]] std::size_t codes(std::size_t block) const { return 1 + last_link(block) * modes_; }
  /// The outermost link that has begun inside a block's memory; 0: none.
  [[nodiscard]] std::size_t last_link(std::size_t block) const { return last_links_[block]; }
  /// Whether a new link begins where the block's memory is passed.
  [[nodiscard]] bool begins_after(std::size_t block) const { return last_links_[block + 1] > last_links_[block]; }

  [[nodiscard]] std::size_t code(const OpenLinks& links) const {
    return links.first == 0 ? 0 : 1 + (links.first - 1) * modes_ + links.slid;
  }
  [[nodiscard]] OpenLinks links(std::size_t code) const {
    if (code == 0) return {};
    return {1 + (code - 1) / modes_, (code - 1) % modes_};
  }

 private:
  std::vector<std::size_t> last_links_;  ///< by block; one entry more for what lies outside of all
  std::size_t modes_ = 1;
};

}  // namespace ohmloop
