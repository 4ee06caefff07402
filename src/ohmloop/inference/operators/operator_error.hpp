#pragma once

#include <stdexcept>

namespace ohmloop {

/// A node can't be executed on these inputs. The caller adds the node's name.
class OperatorError : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

}  // namespace ohmloop
