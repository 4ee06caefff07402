#include "ohmloop/timeloop/reading/read_problem.hpp"

#include <algorithm>
#include <cctype>
#include <charconv>
#include <map>
#include <set>
#include <string>
#include <vector>

#include <fmt/format.h>

#include "ohmloop/accelergy/ranged_name.hpp"
#include "ohmloop/base/checked.hpp"
#include "ohmloop/text/suggest.hpp"

namespace ohmloop::timeloop {
namespace {

/// Sizes beyond this are typing errors; products are checked where they are formed.
constexpr std::int64_t largest_size = std::int64_t{1} << 40;

class ProblemReader {
 public:
  explicit ProblemReader(const ReadContext& context) : context_(context) {}

  std::optional<Problem> read(const YamlNode& problem);

 private:
  void read_shape(const YamlNode& shape);
  void read_instance(const YamlNode& instance);
  void read_dimensions(const YamlNode& dimensions);
  void read_coefficients(const YamlNode& coefficients);
  void read_data_space(const YamlNode& data_space);
  void read_projection(const YamlNode& projection, DataSpace& data_space);
  std::vector<ProjectionTerm> read_rank(const YamlNode& rank);
  ProjectionTerm read_factors(const std::vector<YamlNode>& factors, const SourceSpan& where);
  bool read_flag(const YamlNode& node, std::string_view what);
  void report_densities(const YamlNode& densities);
  [[nodiscard]] std::string near_coefficient(const std::vector<std::string>& unused) const;

  const ReadContext& context_;
  Problem problem_;
  std::map<std::string, std::optional<std::int64_t>, std::less<>> coefficients_;
  std::map<std::string, std::int64_t, std::less<>> stated_;
  bool failed_ = false;

  void fail(std::string message, const SourceSpan& where, std::string label = {}, std::vector<std::string> notes = {}) {
    failed_ = true;
    context_.diagnostics.error(std::move(message), where, std::move(label), std::move(notes));
  }
};

/// The pieces of a scalar between separators, without blanks around them, each with its place.
std::vector<YamlNode> split(const YamlNode& scalar, char separator) {
  std::vector<YamlNode> parts;
  const std::string& text = scalar.scalar;
  for (std::size_t begin = 0; begin <= text.size();) {
    const std::size_t end = std::min(text.find(separator, begin), text.size());
    std::size_t first = begin;
    std::size_t last = end;
    while (first < last && text[first] == ' ') ++first;
    while (last > first && text[last - 1] == ' ') --last;
    parts.push_back(part_of_scalar(scalar, first, last - first));
    begin = end + 1;
  }
  return parts;
}

std::optional<std::int64_t> plain_integer(std::string_view text) {
  std::int64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return value;
}

void ProblemReader::read_dimensions(const YamlNode& dimensions) {
  for (const YamlNode& word : words_of(dimensions, "dimensions", context_.diagnostics)) {
    const auto& known = problem_.dimensions;
    if (std::find(known.begin(), known.end(), word.scalar) != known.end()) {
      fail(fmt::format("dimension '{}' is listed twice", word.scalar), word.span);
    } else {
      problem_.dimensions.push_back(word.scalar);
    }
  }
  if (problem_.dimensions.empty()) fail("the problem's shape has no dimensions", dimensions.span);
}

void ProblemReader::read_coefficients(const YamlNode& coefficients) {
  for (const YamlNode* item : items_of(coefficients)) {
    const YamlNode* name = item->is_map() ? item->find("name") : item;
    if (name == nullptr || !name->is_scalar()) {
      fail("a coefficient is a map like {name: Wstride, default: 1}", item->span);
      continue;
    }
    std::optional<std::int64_t> standard;
    if (const YamlNode* value = item->find("default")) {
      standard = context_.whole(*value, fmt::format("default of coefficient '{}'", name->scalar), 0, largest_size);
    }
    coefficients_[name->scalar] = standard;
  }
}

void ProblemReader::report_densities(const YamlNode& densities) {
  if (is_empty(densities)) return;
  context_.diagnostics.warning("densities are ignored: everything is counted as dense", densities.span, {},
                               {"Timeloop's counts change by them only where sparse optimizations are given"});
}

/// "HStride" beside a coefficient "Hstride" leaves the stride at its default: worth a word.
std::string ProblemReader::near_coefficient(const std::vector<std::string>& unused) const {
  const auto same_letters = [](std::string_view a, std::string_view b) {
    return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                      [](unsigned char x, unsigned char y) { return std::tolower(x) == std::tolower(y); });
  };
  for (const std::string& name : unused) {
    for (const auto& [coefficient, value] : coefficients_) {
      if (same_letters(name, coefficient))
        return fmt::format("did you mean '{}'? '{}' has no effect", coefficient, name);
    }
  }
  return {};
}

void ProblemReader::read_instance(const YamlNode& instance) {
  std::vector<std::string> unused;
  SourceSpan first_unused;
  std::set<std::string> seen;
  for (const YamlEntry& entry : instance.entries) {
    if (entry.key == "densities" || entry.key == "commonDensities") {
      report_densities(entry.value);
      continue;
    }
    const auto dimension = std::find(problem_.dimensions.begin(), problem_.dimensions.end(), entry.key);
    const bool is_dimension = dimension != problem_.dimensions.end();
    if (!is_dimension && !coefficients_.contains(entry.key)) {
      if (entry.key == "version") continue;
      if (unused.empty()) first_unused = entry.key_span;
      unused.push_back(entry.key);
      continue;
    }
    const std::string what = fmt::format("{} '{}'", is_dimension ? "dimension" : "coefficient", entry.key);
    const auto value = context_.whole(entry.value, what, is_dimension ? 1 : 0, largest_size);
    seen.insert(entry.key);
    if (!value)
      failed_ = true;
    else if (is_dimension)
      stated_[entry.key] = *value;
    else
      coefficients_[entry.key] = *value;
  }
  if (!unused.empty()) {
    context_.diagnostics.warning(fmt::format("ignored: {} {} of the problem's shape", list_names(unused),
                                             unused.size() == 1 ? "is no dimension and no coefficient"
                                                                : "are no dimensions and no coefficients"),
                                 first_unused, near_coefficient(unused));
  }
  for (const std::string& name : problem_.dimensions) {
    const auto found = stated_.find(name);
    if (found == stated_.end() && !seen.contains(name)) {
      fail(fmt::format("the problem's instance has no size for dimension '{}'", name), instance.span, {},
           {fmt::format("write '{}: 1' where it has no extent", name)});
    }
    problem_.sizes.push_back(found == stated_.end() ? 1 : found->second);
  }
}

ProjectionTerm ProblemReader::read_factors(const std::vector<YamlNode>& factors, const SourceSpan& where) {
  ProjectionTerm term;
  bool has_dimension = false;
  for (const YamlNode& factor : factors) {
    const auto dimension = std::find(problem_.dimensions.begin(), problem_.dimensions.end(), factor.scalar);
    if (dimension != problem_.dimensions.end()) {
      if (has_dimension) fail("a term of a projection has two dimensions: it is not linear", where);
      has_dimension = true;
      term.dimension = static_cast<std::size_t>(dimension - problem_.dimensions.begin());
    } else if (const auto value = plain_integer(factor.scalar); value && *value >= 0 && *value <= largest_size) {
      term.coefficient = checked_multiply(term.coefficient, *value);
    } else if (const auto named = coefficients_.find(factor.scalar); named != coefficients_.end()) {
      if (named->second)
        term.coefficient = checked_multiply(term.coefficient, *named->second);
      else
        fail(fmt::format("coefficient '{}' has no value", factor.scalar), factor.span, {},
             {"give it one under `instance`, or a `default`"});
    } else {
      std::vector<std::string> known = problem_.dimensions;
      for (const auto& [name, value_of] : coefficients_) known.push_back(name);
      fail(fmt::format("unknown dimension or coefficient '{}' in a projection", factor.scalar), factor.span,
           did_you_mean(factor.scalar, known), {fmt::format("known: {}", list_names(known))});
      return term;
    }
  }
  if (!has_dimension && !failed_) fail("a term of a projection has no dimension", where);
  return term;
}

std::vector<ProjectionTerm> ProblemReader::read_rank(const YamlNode& rank) {
  std::vector<ProjectionTerm> terms;
  for (const YamlNode* term : items_of(rank)) {
    if (term->is_scalar()) {
      for (const YamlNode& product : split(*term, '+')) {
        terms.push_back(read_factors(split(product, '*'), product.span));
      }
    } else if (term->is_sequence() && !term->items.empty() &&
               std::all_of(term->items.begin(), term->items.end(), [](const YamlNode& n) { return n.is_scalar(); })) {
      terms.push_back(read_factors(term->items, term->span));
    } else {
      fail("a term of a projection is a list like [P, Wstride] or text like P*Wstride", term->span);
    }
  }
  return terms;
}

void ProblemReader::read_projection(const YamlNode& projection, DataSpace& data_space) {
  if (projection.is_scalar()) {
    for (const YamlNode& rank : split(projection, ',')) data_space.axes.push_back(read_rank(rank));
    return;
  }
  if (!projection.is_sequence()) return fail("a projection is a list of ranks", projection.span);
  for (const YamlNode& rank : projection.items) data_space.axes.push_back(read_rank(rank));
}

bool ProblemReader::read_flag(const YamlNode& node, std::string_view what) {
  if (node.is_null()) return false;
  const auto value = evaluate_field(node, context_.dialect, context_.scope, context_.diagnostics);
  if (value && std::holds_alternative<bool>(*value)) return std::get<bool>(*value);
  fail(fmt::format("{} must be true or false", what), node.span);
  return false;
}

void ProblemReader::read_data_space(const YamlNode& node) {
  const YamlNode* name = node.is_map() ? node.find("name") : nullptr;
  if (name == nullptr || !name->is_scalar())
    return fail("a data space is a map with `name` and `projection`", node.span);
  DataSpace data_space;
  data_space.name = name->scalar;
  for (const DataSpace& other : problem_.data_spaces) {
    if (other.name == data_space.name) fail(fmt::format("data space '{}' is listed twice", other.name), name->span);
  }
  if (const YamlNode* flag = find_spelled(node, "read_write")) data_space.read_write = read_flag(*flag, "read_write");
  if (const YamlNode* projection = node.find("projection")) {
    read_projection(*projection, data_space);
  } else {
    fail(fmt::format("data space '{}' has no projection", data_space.name), name->span);
  }
  problem_.data_spaces.push_back(std::move(data_space));
}

void ProblemReader::read_shape(const YamlNode& shape) {
  for (const YamlEntry& entry : shape.entries) {
    const std::string key = with_underscores(entry.key);
    static const std::vector<std::string> known = {"name",        "version",     "dimensions", "coefficients",
                                                   "data_spaces", "description", "long_name"};
    if (std::find(known.begin(), known.end(), key) == known.end()) {
      fail(fmt::format("unknown key '{}' in the problem's shape", entry.key), entry.key_span, did_you_mean(key, known),
           {fmt::format("known keys: {}", list_names(known))});
    }
  }
  const YamlNode* dimensions = shape.find("dimensions");
  if (dimensions == nullptr) return fail("the problem's shape has no `dimensions`", shape.span);
  read_dimensions(*dimensions);
  if (const YamlNode* coefficients = shape.find("coefficients")) read_coefficients(*coefficients);
}

std::optional<Problem> ProblemReader::read(const YamlNode& problem) {
  const YamlNode* shape = problem.is_map() ? problem.find("shape") : nullptr;
  const YamlNode* instance = problem.is_map() ? problem.find("instance") : nullptr;
  if (shape == nullptr || instance == nullptr) {
    fail("`problem` must have `shape` and `instance`", problem.span);
    return std::nullopt;
  }
  if (!shape->is_map() || !instance->is_map()) {
    fail("the problem's `shape` and `instance` must be maps", shape->is_map() ? instance->span : shape->span, {},
         {"a shape that is only named stands in a file of Timeloop's: give its text"});
    return std::nullopt;
  }
  read_shape(*shape);
  if (!failed_) read_instance(*instance);
  const YamlNode* data_spaces = find_spelled(*shape, "data_spaces");
  if (data_spaces == nullptr || is_empty(*data_spaces)) {
    fail("the problem's shape has no `data_spaces`", shape->span);
  } else if (!problem_.dimensions.empty()) {
    for (const YamlNode* data_space : items_of(*data_spaces)) read_data_space(*data_space);
  }
  if (failed_ || context_.diagnostics.has_errors()) return std::nullopt;
  return std::move(problem_);
}

}  // namespace

std::optional<Problem> read_problem(const YamlNode& problem, const ReadContext& context) {
  return ProblemReader(context).read(problem);
}

}  // namespace ohmloop::timeloop
