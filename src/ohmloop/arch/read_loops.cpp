#include "ohmloop/arch/read_loops.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include <fmt/format.h>

namespace ohmloop {
namespace {

bool contains(const std::vector<std::string>& names, const std::string& name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

std::vector<std::string> read_ranks(MapReader& reader, std::string_view key, const ReadContext& context) {
  std::vector<std::string> ranks;
  for (const PlacedWord& word : read_words(reader, key, context.diagnostics)) {
    if (!check_rank(word, context.has_array, context.diagnostics)) continue;
    if (contains(ranks, word.text)) {
      context.diagnostics.error(fmt::format("rank '{}' stands twice in '{}' of {}", word.text, key, reader.what()),
                                word.where);
      continue;
    }
    ranks.push_back(word.text);
  }
  return ranks;
}

struct RelationSign {
  std::string_view sign;
  Relation relation;
};
constexpr std::array<RelationSign, 3> relation_signs = {
    {{"<=", Relation::at_most}, {">=", Relation::at_least}, {"=", Relation::equal}}};

/// Takes "<= " and the like off the front of a scalar; what is left is an expression at its own place.
Relation take_relation(YamlNode& scalar) {
  Relation relation = Relation::equal;
  std::size_t taken = scalar.scalar.find_first_not_of(' ');
  if (taken == std::string::npos) return relation;
  for (const RelationSign& each : relation_signs) {
    if (scalar.scalar.compare(taken, each.sign.size(), each.sign) != 0) continue;
    relation = each.relation;
    taken = scalar.scalar.find_first_not_of(' ', taken + each.sign.size());
    break;
  }
  taken = std::min(taken, scalar.scalar.size());
  scalar.scalar.erase(0, taken);
  scalar.span.column += taken + (scalar.quoted ? 1 : 0);
  scalar.span.length = scalar.scalar.size();
  scalar.quoted = false;
  return relation;
}

std::optional<FactorConstraint> read_factor(const YamlEntry& entry, const ReadContext& context) {
  if (!check_rank({entry.key, entry.key_span}, context.has_array, context.diagnostics)) return std::nullopt;
  const auto refuse = [&](const SourceSpan& where) {
    context.diagnostics.error(fmt::format("expected a whole number of at least 1 for the loop over '{}'", entry.key),
                              where, "as in 4, <= 8 or \">= 2\"");
    return std::nullopt;
  };
  if (!entry.value.is_scalar()) return refuse(entry.value.span);
  YamlNode scalar = entry.value;
  FactorConstraint factor;
  factor.rank = entry.key;
  factor.where = entry.key_span;
  factor.relation = take_relation(scalar);
  if (scalar.scalar.empty()) return refuse(entry.value.span);
  const std::optional<Value> value = evaluate(scalar, context.scope, context.diagnostics);
  if (!value) return std::nullopt;
  const auto* quantity = std::get_if<Quantity>(&*value);
  constexpr double largest = 9007199254740992.0;
  if (quantity == nullptr || quantity->dimension != dimension::none || quantity->value < 1 ||
      quantity->value > largest || quantity->value != std::floor(quantity->value)) {
    return refuse(scalar.span);
  }
  factor.bound = static_cast<std::int64_t>(quantity->value);
  return factor;
}

std::vector<FactorConstraint> read_factors(MapReader& reader, const ReadContext& context) {
  std::vector<FactorConstraint> factors;
  const YamlNode* map = reader.node("factors");
  if (map == nullptr) return factors;
  if (!map->is_map()) {
    context.diagnostics.error(
        fmt::format("expected a map for 'factors' of {}, found {}", reader.what(), kind_name(*map)), map->span,
        "as in {M: 4, C: <= 8}");
    return factors;
  }
  for (const YamlEntry& entry : map->entries) {
    if (auto factor = read_factor(entry, context)) factors.push_back(std::move(*factor));
  }
  return factors;
}

void check_agreement(const LoopConstraints& loops, MapReader& reader, const ReadContext& context) {
  if (!loops.ranks) return;
  for (const FactorConstraint& factor : loops.factors) {
    if (factor.bound == 1 || factor.relation == Relation::at_most || contains(*loops.ranks, factor.rank)) continue;
    context.diagnostics.error(
        fmt::format("{} want a loop over '{}', which is not among their ranks", reader.what(), factor.rank),
        factor.where);
  }
  for (const std::string& rank : loops.order) {
    if (contains(*loops.ranks, rank)) continue;
    context.diagnostics.error(fmt::format("{} order '{}', which is not among their ranks", reader.what(), rank),
                              reader.key_span("order"));
  }
}

}  // namespace

LoopConstraints read_loops(const YamlNode& map, const std::string& what, const ReadContext& context) {
  MapReader reader(map, what, context.scope, context.diagnostics);
  LoopConstraints loops;
  if (reader.has("ranks")) loops.ranks = read_ranks(reader, "ranks", context);
  loops.factors = read_factors(reader, context);
  loops.order = read_ranks(reader, "order", context);
  check_agreement(loops, reader, context);
  reader.finish();
  return loops;
}

LoopConstraints read_loops_key(MapReader& reader, const ReadContext& context) {
  const YamlNode* map = reader.node("loops");
  return map == nullptr ? LoopConstraints{} : read_loops(*map, "the loops of " + reader.what(), context);
}

}  // namespace ohmloop
