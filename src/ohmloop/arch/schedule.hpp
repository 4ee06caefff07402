#pragma once

#include <cstdint>
#include <optional>

#include "ohmloop/base/strong_id.hpp"
#include "ohmloop/text/source.hpp"

namespace ohmloop {

/// Whether a network's layers take turns, or work at once on successive inputs.
enum class LayerOrder { one_after_another, pipelined };
/// What happens where the arrays of one chip cannot hold all weights: as many chips as it takes, weights written again
/// while the network runs, or the answer "no".
enum class WeightResidence { more_chips, reload, one_chip };
/// Whether spare arrays take copies of slow layers.
enum class LayerCopies { one, balanced };

/// How the layers of a network share the arrays of a chip (docs/schedule.md): the key `schedule` of a file.
struct Schedule {
  LayerOrder order = LayerOrder::one_after_another;
  WeightResidence weights = WeightResidence::more_chips;
  LayerCopies copies = LayerCopies::one;
  /// Chips that there are, where the file says; otherwise as many as one copy of every layer takes.
  std::optional<std::int64_t> chips;
  /// The component that is charged for every bit that passes between chips.
  std::optional<StrongId<struct NodeTag>> link;
  SourceSpan where;  ///< of what `weights` says, or of the array; for messages
};

}  // namespace ohmloop
