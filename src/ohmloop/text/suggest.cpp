#include "ohmloop/text/suggest.hpp"

#include <algorithm>
#include <cctype>
#include <cstddef>
#include <set>
#include <vector>

#include <fmt/format.h>

namespace ohmloop {
namespace {

// Nobody misspells a name into something much longer, and a garbage scalar of a megabyte must not cost minutes.
constexpr std::size_t longest_name = 100;

std::string lower_case(std::string_view text) {
  std::string result(text);
  std::transform(result.begin(), result.end(), result.begin(),
                 [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return result;
}

/// Damerau-Levenshtein distance with adjacent transpositions (optimal string alignment).
std::size_t edit_distance(std::string_view a, std::string_view b) {
  std::vector<std::size_t> before_last(b.size() + 1);
  std::vector<std::size_t> last(b.size() + 1);
  std::vector<std::size_t> current(b.size() + 1);
  for (std::size_t j = 0; j <= b.size(); ++j) last[j] = j;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    current[0] = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const std::size_t substitution = last[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
      current[j] = std::min({last[j] + 1, current[j - 1] + 1, substitution});
      if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) {
        current[j] = std::min(current[j], before_last[j - 2] + 1);
      }
    }
    std::swap(before_last, last);
    std::swap(last, current);
  }
  return last[b.size()];
}

std::set<std::string_view> trigrams(std::string_view text) {
  std::set<std::string_view> result;
  for (std::size_t i = 0; i + 3 <= text.size(); ++i) result.insert(text.substr(i, 3));
  return result;
}

/// Share of common three-letter pieces among all of both names (Jaccard index).
double trigram_similarity(std::string_view a, std::string_view b) {
  const std::set<std::string_view> of_a = trigrams(a);
  const std::set<std::string_view> of_b = trigrams(b);
  const auto common = std::count_if(of_a.begin(), of_a.end(), [&](auto piece) { return of_b.contains(piece); });
  const auto all = static_cast<std::ptrdiff_t>(of_a.size() + of_b.size()) - common;
  return all == 0 ? 0.0 : static_cast<double>(common) / static_cast<double>(all);
}

}  // namespace

std::optional<std::string> nearest_name(std::string_view name, std::span<const std::string> known) {
  if (name.empty() || name.size() > longest_name) return std::nullopt;
  const std::string wanted = lower_case(name);
  const std::string* nearest = nullptr;
  std::size_t least_distance = (wanted.size() <= 3 ? 1 : 2) + 1;
  for (const std::string& candidate : known) {
    if (candidate.size() > longest_name) continue;
    const std::size_t distance = edit_distance(wanted, lower_case(candidate));
    // KiBB is as far from Kib as from KiB unless its case counts.
    const bool breaks_tie = nearest != nullptr && distance == least_distance &&
                            edit_distance(name, candidate) < edit_distance(name, *nearest);
    if (distance < least_distance || breaks_tie) {
      least_distance = distance;
      nearest = &candidate;
    }
  }
  if (nearest != nullptr) return *nearest;

  constexpr double least_similarity = 0.4;
  double greatest = 0;
  for (const std::string& candidate : known) {
    if (candidate.size() > longest_name) continue;
    const double similarity = trigram_similarity(wanted, lower_case(candidate));
    if (similarity >= least_similarity && similarity > greatest) {
      greatest = similarity;
      nearest = &candidate;
    }
  }
  return nearest == nullptr ? std::nullopt : std::optional<std::string>(*nearest);
}

std::string did_you_mean(std::string_view name, std::span<const std::string> known) {
  const std::optional<std::string> nearest = nearest_name(name, known);
  return nearest ? fmt::format("did you mean '{}'?", *nearest) : std::string();
}

std::string list_names(std::span<const std::string> names) { return fmt::format("{}", fmt::join(names, ", ")); }

}  // namespace ohmloop
