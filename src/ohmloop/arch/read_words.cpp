#include <algorithm>

#include <fmt/format.h>

#include "ohmloop/arch/read_context.hpp"
#include "ohmloop/text/suggest.hpp"

namespace ohmloop {
namespace {

std::vector<std::string> role_names() {
  std::vector<std::string> names;
  for (const Role role : all_roles) names.emplace_back(to_string(role));
  return names;
}

const std::vector<std::string> digital_ranks = {"N", "G", "M", "C", "E", "F", "R", "S"};
const std::vector<std::string> array_ranks = {"N", "G", "M", "K", "E", "F", "IS", "WS"};

/// Why a rank of one kind of architecture is none of the other.
std::vector<std::string> rank_notes(const std::string& name, bool has_array) {
  std::vector<std::string> notes = {"ranks: " + list_names(rank_names(has_array))};
  const auto& others = rank_names(!has_array);
  if (std::find(others.begin(), others.end(), name) == others.end()) return notes;
  notes.emplace_back(has_array ? "over an !Array the filter's C, R and S are one flattened rank K"
                               : "K, IS and WS are ranks of architectures with an !Array");
  return notes;
}

}  // namespace

std::vector<PlacedWord> read_words(MapReader& reader, std::string_view key, Diagnostics& diagnostics) {
  std::vector<PlacedWord> words;
  const YamlNode* found = reader.node(key);
  if (found == nullptr) return words;
  if (found->is_scalar()) return {{found->scalar, found->span}};
  if (!found->is_sequence()) {
    diagnostics.error(fmt::format("expected a word or a list of words for '{}' of {}, found {}", key, reader.what(),
                                  kind_name(*found)),
                      found->span);
    return words;
  }
  for (const YamlNode& item : found->items) {
    if (item.is_scalar()) {
      words.push_back({item.scalar, item.span});
    } else {
      diagnostics.error(fmt::format("expected a word in '{}' of {}, found {}", key, reader.what(), kind_name(item)),
                        item.span);
    }
  }
  return words;
}

std::vector<std::pair<Role, SourceSpan>> read_roles(MapReader& reader, std::string_view key, Diagnostics& diagnostics) {
  const std::vector<std::string> names = role_names();
  std::vector<std::pair<Role, SourceSpan>> roles;
  for (const PlacedWord& word : read_words(reader, key, diagnostics)) {
    const auto found = std::find(names.begin(), names.end(), word.text);
    if (found == names.end()) {
      diagnostics.error(fmt::format("unknown role '{}' in '{}' of {}", word.text, key, reader.what()), word.where,
                        did_you_mean(word.text, names), {"roles: " + list_names(names)});
      continue;
    }
    const Role role = all_roles[static_cast<std::size_t>(found - names.begin())];
    const bool repeated = std::any_of(roles.begin(), roles.end(), [&](const auto& each) { return each.first == role; });
    if (repeated) {
      diagnostics.error(fmt::format("role '{}' stands twice in '{}' of {}", word.text, key, reader.what()), word.where);
    } else {
      roles.emplace_back(role, word.where);
    }
  }
  return roles;
}

const std::vector<std::string>& rank_names(bool has_array) { return has_array ? array_ranks : digital_ranks; }

bool check_rank(const PlacedWord& rank, bool has_array, Diagnostics& diagnostics) {
  const auto& names = rank_names(has_array);
  if (std::find(names.begin(), names.end(), rank.text) != names.end()) return true;
  // Between names of one letter, being near means nothing.
  const std::string label = rank.text.size() > 1 ? did_you_mean(rank.text, names) : "";
  diagnostics.error(fmt::format("unknown rank '{}'", rank.text), rank.where, label, rank_notes(rank.text, has_array));
  return false;
}

}  // namespace ohmloop
