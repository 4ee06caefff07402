#include "ohmloop/mapper/exact/open_links.hpp"

#include <algorithm>

namespace ohmloop {

LinkCodes::LinkCodes(const Skeleton& skeleton, Role role) : modes_(1 + skeleton.motions[role_index(role)].axes.size()) {
  const std::size_t keepers = skeleton.keepers[role_index(role)].size();
  for (std::size_t block = 0; block <= skeleton.blocks.size(); ++block) {
    // The outermost memory of a tensor is nobody's child.
    last_links_.push_back(std::min(skeleton.keepers_below(role, block), keepers == 0 ? 0 : keepers - 1));
  }
}

}  // namespace ohmloop
