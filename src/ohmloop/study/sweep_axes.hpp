#pragma once

#include <string>
#include <vector>

#include "ohmloop/study/sweep_point.hpp"
#include "ohmloop/text/placed_text.hpp"

namespace ohmloop {

inline constexpr std::size_t most_sweep_points = 100'000;

/// One `--over KEY[,KEY...]=VALUES` with its places.
struct ParsedAxis {
  SweepAxis axis;
  std::vector<SourceSpan> keys;  ///< where each key stands
  SourceSpan where;              ///< the whole word
};

/// Reads every `--over`; values are written as for 'parts --sweep'. Reports words without '=', keys that are given
/// twice (among themselves or by --set), values that can't be read, and more than `most_sweep_points` for so many
/// networks.
std::vector<ParsedAxis> parse_axes(const std::vector<PlacedText>& words, const std::vector<PlacedText>& set,
                                   std::size_t networks, Diagnostics& diagnostics);

/// A chip of the sweep: for every axis the index of its value, the last axis fastest.
std::vector<std::size_t> choice_of(const std::vector<ParsedAxis>& axes, std::size_t chip);
std::size_t chips_of(const std::vector<ParsedAxis>& axes);

/// `set`, and after it what the axes say at a choice.
std::vector<PlacedText> overrides_at(const std::vector<ParsedAxis>& axes, const std::vector<std::size_t>& choice,
                                     const std::vector<PlacedText>& set);

/// Errors about values of an axis, which know them as a --set that nobody wrote, moved to the words that were written.
std::vector<Diagnostic> at_written_places(std::vector<Diagnostic> errors, const std::vector<ParsedAxis>& axes);

/// Whether the same is said of the same place.
bool is_among(const Diagnostic& diagnostic, const std::vector<Diagnostic>& others);

/// Of warnings that differ in numbers only the first, with a note on how many more there are.
std::vector<Diagnostic> summary_of_warnings(const std::vector<Diagnostic>& warnings);
/// The warnings of all points, those that differ in numbers only once, with a note on how many more there are.
std::vector<Diagnostic> summary_of_warnings(const std::vector<SweepPoint>& points);

}  // namespace ohmloop
