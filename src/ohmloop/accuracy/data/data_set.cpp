#include "ohmloop/accuracy/data/data_set.hpp"

#include <utility>

#include <fmt/format.h>

namespace ohmloop {

ImageError::ImageError(std::size_t index, std::string image, std::string why)
    : InputError(Diagnostic{.severity = Severity::error,
                            .message = fmt::format("image '{}' cannot be used: {}", image, why),
                            .where = {},
                            .label = {},
                            .notes = {}}),
      index_(index),
      image_(std::move(image)),
      why_(std::move(why)) {}

}  // namespace ohmloop
