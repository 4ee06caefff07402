#pragma once

#include "ohmloop/mapper/exact/exact_search.hpp"

namespace ohmloop {

/// What an exact search of a mapspace knows about a mapping whose objective is `value`: the best that it found, or, if
/// it was stopped too early for that, another one.
Certificate certify(const Mapspace& space, const ExactSearchResult& result, double value,
                    const ExactSearchStats& stats);

}  // namespace ohmloop
