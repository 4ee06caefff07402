#include "ohmloop/text/expression_names.hpp"

#include <algorithm>
#include <map>

#include "ohmloop/text/expression_lexer.hpp"

namespace ohmloop {

std::vector<std::string> names_in(const YamlNode& scalar) {
  std::vector<std::string> names;
  if (!scalar.is_scalar() || scalar.quoted) return names;
  try {
    for (const Token& token : split_expression(scalar.scalar)) {
      if (token.kind == Token::Kind::name) names.emplace_back(token.text);
    }
  } catch (const ExpressionError&) {
    names.clear();
  }
  return names;
}

std::set<std::string> with_dependents(std::set<std::string> names, const std::vector<YamlEntry>& entries) {
  if (names.empty()) return names;
  std::multimap<std::string, std::string> dependents;
  for (const YamlEntry& entry : entries) {
    for (std::string& name : names_in(entry.value)) dependents.emplace(std::move(name), entry.key);
  }
  std::vector<std::string> open(names.begin(), names.end());
  while (!open.empty()) {
    const std::string name = std::move(open.back());
    open.pop_back();
    const auto [begin, end] = dependents.equal_range(name);
    for (auto it = begin; it != end; ++it) {
      if (names.insert(it->second).second) open.push_back(it->second);
    }
  }
  return names;
}

std::set<std::string> with_inner_dependents(std::set<std::string> outer, const std::vector<YamlEntry>& entries) {
  if (outer.empty()) return outer;
  std::set<std::string> names = outer;
  for (const YamlEntry& entry : entries) {
    if (!outer.contains(entry.key)) continue;
    const std::vector<std::string> own = names_in(entry.value);
    const bool stands = std::any_of(own.begin(), own.end(), [&](const auto& name) { return outer.contains(name); });
    if (!stands) names.erase(entry.key);
  }
  return with_dependents(std::move(names), entries);
}

}  // namespace ohmloop
