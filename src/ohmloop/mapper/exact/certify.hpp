#pragma once

#include "ohmloop/mapper/exact/exact_search.hpp"

namespace ohmloop {

/// What an exact search of a mapspace knows about the best that it found.
Certificate certify(const Mapspace& space, const ExactSearchResult& result, const ExactSearchStats& stats);

}  // namespace ohmloop
