#pragma once

#include "ohmloop/network/layer_work.hpp"
#include "ohmloop/report/layer_json.hpp"

namespace ohmloop {

/// Adds what was moved and converted, and the energy by part; what only arrays do is null without them.
void add_work(Json& json, const LayerWork& work);

}  // namespace ohmloop
