#include "ohmloop/timeloop/reading/read_factors.hpp"

#include <algorithm>
#include <cctype>
#include <charconv>
#include <optional>
#include <string>
#include <string_view>

#include <fmt/format.h>

#include "ohmloop/accelergy/ranged_name.hpp"

namespace ohmloop::timeloop {
namespace {

bool is_digit(char c) { return std::isdigit(static_cast<unsigned char>(c)) != 0; }
bool is_name_character(char c) { return c == '_' || std::isalnum(static_cast<unsigned char>(c)) != 0; }
bool is_separator(char c) { return c == ' ' || c == ',' || c == '\t' || c == '\n' || c == ';'; }

/// Walks over the text of one scalar that holds factors.
class FactorText {
 public:
  FactorText(const YamlNode& scalar, const Problem& problem, const ReadContext& context, std::vector<Factor>& factors)
      : scalar_(scalar), text_(scalar.scalar), problem_(problem), context_(context), factors_(factors) {}

  void read() {
    skip_separators();
    // "[P=4,3]" is a list of "P=4" and "3".
    if (at_ < text_.size() && is_digit(text_[at_])) {
      if (factors_.empty()) return report("a factor begins with the name of a dimension, as in P=4", at_);
      read_last_bound(factors_.back());
    }
    while (at_ < text_.size() && read_factor()) skip_separators();
  }

 private:
  bool read_factor();
  std::optional<std::size_t> read_dimension();
  Factor::Relation read_relation();
  std::optional<std::int64_t> read_bound();
  void read_last_bound(Factor& factor);

  void skip_separators() {
    while (at_ < text_.size() && is_separator(text_[at_])) ++at_;
  }
  void skip_blanks() {
    while (at_ < text_.size() && text_[at_] == ' ') ++at_;
  }
  [[nodiscard]] YamlNode part(std::size_t begin, std::size_t end) const {
    return part_of_scalar(scalar_, begin, std::max<std::size_t>(end - begin, 1));
  }
  void report(std::string message, std::size_t begin, std::string label = {}) {
    context_.diagnostics.error(std::move(message), part(begin, at_).span, std::move(label));
  }

  const YamlNode& scalar_;
  const std::string& text_;
  const Problem& problem_;
  const ReadContext& context_;
  std::vector<Factor>& factors_;
  std::size_t at_ = 0;
};

/// A name up to the relation, or the longest known name before digits: "C1" is dimension C and bound 1.
std::optional<std::size_t> FactorText::read_dimension() {
  const std::size_t begin = at_;
  while (at_ < text_.size() && is_name_character(text_[at_])) ++at_;
  std::string name = text_.substr(begin, at_ - begin);
  const std::size_t end = at_;
  skip_blanks();
  const bool has_relation = at_ < text_.size() && std::string_view("=<>").find(text_[at_]) != std::string_view::npos;
  if (!has_relation) {
    at_ = end;
    while (!name.empty() && is_digit(name.back())) {
      name.pop_back();
      --at_;
    }
    // Names that end in a digit themselves: take the longest that is known.
    for (std::size_t more = end; more > at_; --more) {
      const std::string longer = text_.substr(begin, more - 1 - begin);
      if (std::find(problem_.dimensions.begin(), problem_.dimensions.end(), longer) == problem_.dimensions.end())
        continue;
      name = longer;
      at_ = more - 1;
      break;
    }
  }
  if (name.empty()) {
    ++at_;
    report("a factor is a dimension and a number, as in P=4", begin);
    return std::nullopt;
  }
  return index_of_name(name, problem_.dimensions, "dimension", part(begin, begin + name.size()).span,
                       context_.diagnostics);
}

Factor::Relation FactorText::read_relation() {
  skip_blanks();
  Factor::Relation relation = Factor::Relation::equal;
  if (text_.compare(at_, 2, "<=") == 0) relation = Factor::Relation::at_most;
  if (text_.compare(at_, 2, ">=") == 0) relation = Factor::Relation::at_least;
  if (relation != Factor::Relation::equal || text_.compare(at_, 2, "==") == 0)
    at_ += 2;
  else if (at_ < text_.size() && text_[at_] == '=')
    ++at_;
  skip_blanks();
  return relation;
}

/// Digits, or an expression over the files' variables up to the next separator.
std::optional<std::int64_t> FactorText::read_bound() {
  const std::size_t begin = at_;
  while (at_ < text_.size() && !is_separator(text_[at_])) ++at_;
  if (begin == at_) {
    report("a factor lacks its number", begin, "expected a number, as in P=4");
    return std::nullopt;
  }
  return context_.whole(part(begin, at_), "a factor", Factor::remainder, std::int64_t{1} << 40);
}

void FactorText::read_last_bound(Factor& factor) {
  const std::size_t begin = at_;
  const std::optional<std::int64_t> last = read_bound();
  if (!last) return;
  if (factor.relation != Factor::Relation::equal || factor.last_bound != factor.bound) {
    return report("a number without a dimension", begin);
  }
  if (*last < 1 || *last > factor.bound) {
    return report(fmt::format("the last iteration of '{}' must be between 1 and {}",
                              problem_.dimensions[factor.dimension], factor.bound),
                  begin);
  }
  factor.last_bound = *last;
}

bool FactorText::read_factor() {
  const std::size_t begin = at_;
  const std::optional<std::size_t> dimension = read_dimension();
  Factor factor;
  factor.relation = read_relation();
  const std::optional<std::int64_t> bound = read_bound();
  if (!bound) return false;
  if (!dimension) return true;
  factor.dimension = *dimension;
  factor.bound = *bound == 0 ? problem_.sizes[*dimension] : *bound;
  factor.last_bound = factor.bound;
  factor.where = part(begin, at_).span;
  for (const Factor& other : factors_) {
    if (other.dimension == factor.dimension && other.relation == factor.relation) {
      report(fmt::format("dimension '{}' has two factors here", problem_.dimensions[*dimension]), begin);
      return true;
    }
  }
  factors_.push_back(factor);
  const std::size_t end = at_;
  if (at_ < text_.size() && text_[at_] == ',') {
    ++at_;
    skip_blanks();
    if (at_ < text_.size() && is_digit(text_[at_]))
      read_last_bound(factors_.back());
    else
      at_ = end;
  }
  return true;
}

void read_factor_map(const YamlNode& map, const Problem& problem, const ReadContext& context,
                     std::vector<Factor>& factors) {
  for (const YamlEntry& entry : map.entries) {
    const auto dimension =
        index_of_name(entry.key, problem.dimensions, "dimension", entry.key_span, context.diagnostics);
    const auto bound = context.whole(entry.value, "a factor", Factor::remainder, std::int64_t{1} << 40);
    if (!dimension || !bound) continue;
    const std::int64_t full = *bound == 0 ? problem.sizes[*dimension] : *bound;
    factors.push_back({.dimension = *dimension, .bound = full, .last_bound = full, .where = entry.value.span});
  }
}

/// Longest known names from left to right: "PRKC" are four dimensions.
void read_joined_names(const YamlNode& word, const Problem& problem, const ReadContext& context,
                       std::vector<std::size_t>& order) {
  const std::string& text = word.scalar;
  for (std::size_t at = 0; at < text.size();) {
    std::size_t best = problem.dimensions.size();
    std::size_t length = 0;
    for (std::size_t i = 0; i < problem.dimensions.size(); ++i) {
      const std::string& name = problem.dimensions[i];
      if (name.size() > length && text.compare(at, name.size(), name) == 0) {
        best = i;
        length = name.size();
      }
    }
    if (length == 0) {
      index_of_name(text.substr(at, 1), problem.dimensions, "dimension", part_of_scalar(word, at, 1).span,
                    context.diagnostics);
      return;
    }
    order.push_back(best);
    at += length;
  }
}

}  // namespace

std::vector<Factor> read_factors(const YamlNode& factors, const Problem& problem, const ReadContext& context) {
  std::vector<Factor> result;
  if (factors.is_map()) {
    read_factor_map(factors, problem, context, result);
    return result;
  }
  for (const YamlNode* item : items_of(factors)) {
    if (item->is_scalar())
      FactorText(*item, problem, context, result).read();
    else
      context.diagnostics.error(fmt::format("expected factors like P=4, found {}", kind_name(*item)), item->span);
  }
  return result;
}

std::vector<std::size_t> read_permutation(const YamlNode& permutation, const Problem& problem,
                                          const ReadContext& context) {
  std::vector<std::size_t> order;
  for (const YamlNode& word : words_of(permutation, "permutation", context.diagnostics)) {
    const auto& known = problem.dimensions;
    const auto whole = std::find(known.begin(), known.end(), word.scalar);
    const std::size_t before = order.size();
    if (whole != known.end())
      order.push_back(static_cast<std::size_t>(whole - known.begin()));
    else
      read_joined_names(word, problem, context, order);
    for (std::size_t i = before; i < order.size(); ++i) {
      if (std::find(order.begin(), order.begin() + static_cast<std::ptrdiff_t>(i), order[i]) ==
          order.begin() + static_cast<std::ptrdiff_t>(i))
        continue;
      context.diagnostics.error(fmt::format("dimension '{}' stands twice in a permutation", known[order[i]]),
                                word.span);
      return order;
    }
  }
  return order;
}

}  // namespace ohmloop::timeloop
