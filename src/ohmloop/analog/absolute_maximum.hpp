#pragma once

#include <span>

namespace ohmloop {

/// The largest |value|; NaN if one of them is NaN, 0 if there are none. For one image of any layout, pass its memory:
/// the zeros of channels that fill a block change nothing.
float absolute_maximum(std::span<const float> values);

}  // namespace ohmloop
