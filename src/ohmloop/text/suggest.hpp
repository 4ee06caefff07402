#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace ohmloop {

/// The known name nearest to a misspelt one: Damerau-Levenshtein distance of at most 2 (1 for names of up to 3
/// letters), else 3-gram Jaccard similarity of at least 0.4, upper and lower case alike (case breaks a tie, then the
/// order of `known`); nothing if none is near.
std::optional<std::string> nearest_name(std::string_view name, std::span<const std::string> known);

/// "did you mean 'width'?" or the empty string.
std::string did_you_mean(std::string_view name, std::span<const std::string> known);

/// "a, b, c".
std::string list_names(std::span<const std::string> names);

}  // namespace ohmloop
