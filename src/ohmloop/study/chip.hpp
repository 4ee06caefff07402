#pragma once

#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "ohmloop/network/evaluate_network.hpp"
#include "ohmloop/study/chosen_inputs.hpp"

namespace ohmloop {

/// A chip at one choice of values, or why there is none.
struct Chip {
  std::optional<EstimatedArchitecture> description;
  std::vector<Diagnostic> warnings;
  std::string failure;
};

/// Reads and estimates it; what is wrong with it is its failure.
Chip read_chip(const SourceFilePtr& source, const std::vector<PlacedText>& overrides, const Registry& registry);

/// The answers for one chip's layers: equal layers of all its networks are mapped once, at whatever time they come, by
/// the first thread that needs them.
class LayerAnswers {
 public:
  using Map = std::function<MappedNetworkLayer()>;

  /// The answer for a shape; `map` finds it if nobody has. Where `map` throws, the next who asks tries again.
  MappedNetworkLayer get(const LayerShape& shape, const Map& map);

 private:
  struct Answer {
    LayerShape shape;
    std::once_flag once;
    MappedNetworkLayer result;
  };
  std::mutex mutex_;
  std::vector<std::shared_ptr<Answer>> answers_;
};

/// A chip while points of it are evaluated.
struct ChipInUse {
  Chip chip;
  LayerAnswers layers;
};

/// Chips that several points share: each is read by the first who needs it and goes with the last.
class SharedChips {
 public:
  /// `users[i]`: how often chip i will be taken.
  SharedChips(const std::vector<std::size_t>& users, std::function<Chip(std::size_t index)> read);

  std::shared_ptr<ChipInUse> take(std::size_t index);

 private:
  struct Slot {
    std::mutex mutex;
    std::shared_ptr<ChipInUse> chip;
    std::size_t waiting = 0;
  };
  std::vector<Slot> slots_;
  std::function<Chip(std::size_t)> read_;
};

}  // namespace ohmloop
