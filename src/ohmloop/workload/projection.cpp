#include "ohmloop/workload/projection.hpp"

#include <algorithm>
#include <string_view>

#include <fmt/format.h>

#include "ohmloop/base/checked.hpp"
#include "ohmloop/text/suggest.hpp"

namespace ohmloop {
namespace {

constexpr std::int64_t largest_number = std::int64_t{1} << 31;

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_'; }

/// Thrown within this file to leave the parser once the error was reported.
struct Reported {};

/// sum = ['-'] term {('+' | '-') term}; term = number | [number '*'] digit | digit '*' number; digit = rank or
/// '(' rank ['//' number] ['%' number] ')'.
class ProjectionParser {
 public:
  ProjectionParser(const YamlNode& scalar, const std::vector<Rank>& ranks, Diagnostics& diagnostics)
      : scalar_(scalar), text_(scalar.scalar), ranks_(ranks), diagnostics_(diagnostics) {}

  Projection parse() {
    bool negative = accept("-");
    for (;;) {
      term(negative);
      if (accept("+")) {
        negative = false;
      } else if (accept("-")) {
        negative = true;
      } else {
        break;
      }
    }
    if (at_ < text_.size()) fail(at_, 1, "expected '+', '-' or the end");
    return std::move(result_);
  }

 private:
  void term(bool negative) {
    skip_blanks();
    const std::size_t begin = at_;
    std::int64_t factor = 1;
    if (at_ < text_.size() && is_digit(text_[at_])) {
      factor = number();
      if (!accept("*")) {
        result_.offset += negative ? -factor : factor;
        return;
      }
    }
    AxisTerm term = digit();
    if (accept("*")) factor = checked_multiply(factor, number());
    if (negative) fail(begin, at_ - begin, "only whole numbers may be subtracted");
    if (factor < 1 || factor > largest_number) fail(begin, at_ - begin, "a rank's factor is 1 .. 2^31");
    term.coefficient = factor;
    const bool known = std::any_of(result_.terms.begin(), result_.terms.end(), [&](const AxisTerm& other) {
      return other.rank == term.rank && other.divisor == term.divisor && other.modulus == term.modulus;
    });
    if (known) fail(begin, at_ - begin, "stands here a second time: add up the factors");
    result_.terms.push_back(term);
  }

  AxisTerm digit() {
    const bool parentheses = accept("(");
    AxisTerm term{.rank = rank()};
    if (!parentheses) return term;
    if (accept("//")) term.divisor = number(1);
    if (accept("%")) term.modulus = number(1);
    if (!accept(")")) fail(at_, 1, "expected ')'");
    return term;
  }

  RankId rank() {
    skip_blanks();
    const std::size_t begin = at_;
    while (at_ < text_.size() && (is_letter(text_[at_]) || (at_ > begin && is_digit(text_[at_])))) ++at_;
    if (at_ == begin) fail(begin, 1, "expected a rank or a whole number");
    const std::string_view name = text_.substr(begin, at_ - begin);
    const auto found = std::find_if(ranks_.begin(), ranks_.end(), [&](const Rank& r) { return r.name == name; });
    if (found != ranks_.end()) return RankId(static_cast<std::size_t>(found - ranks_.begin()));
    std::vector<std::string> names;
    for (const Rank& one : ranks_) names.push_back(one.name);
    diagnostics_.error(fmt::format("unknown rank '{}'", name), place(begin, name.size()), did_you_mean(name, names),
                       {"ranks: " + list_names(names)});
    throw Reported{};
  }

  std::int64_t number(std::int64_t low = 0) {
    skip_blanks();
    const std::size_t begin = at_;
    std::int64_t value = 0;
    for (; at_ < text_.size() && is_digit(text_[at_]); ++at_) {
      value = value * 10 + (text_[at_] - '0');
      if (value > largest_number) fail(begin, at_ + 1 - begin, "must be at most 2^31");
    }
    if (at_ == begin) fail(begin, 1, "expected a whole number");
    if (value < low) fail(begin, at_ - begin, fmt::format("must be at least {}", low));
    return value;
  }

  void skip_blanks() {
    while (at_ < text_.size() && text_[at_] == ' ') ++at_;
  }

  bool accept(std::string_view mark) {
    skip_blanks();
    if (!text_.substr(at_).starts_with(mark)) return false;
    at_ += mark.size();
    skip_blanks();
    return true;
  }

  [[nodiscard]] SourceSpan place(std::size_t begin, std::size_t length) const {
    SourceSpan span = scalar_.span;
    span.column += begin + (scalar_.quoted ? 1 : 0);
    span.length = std::max<std::size_t>(1, length);
    return span;
  }

  [[noreturn]] void fail(std::size_t begin, std::size_t length, std::string label) {
    diagnostics_.error(fmt::format("'{}' is no position on an axis", text_), place(begin, length), std::move(label),
                       {"a position is a sum of ranks with factors and whole numbers, as in 2*E + R - 1"});
    throw Reported{};
  }

  const YamlNode& scalar_;
  std::string_view text_;
  const std::vector<Rank>& ranks_;
  Diagnostics& diagnostics_;
  std::size_t at_ = 0;
  Projection result_;
};

std::string term_text(const AxisTerm& term, const std::string& rank) {
  std::string digit = rank;
  if (term.divisor != 1) digit += fmt::format(" // {}", term.divisor);
  if (term.modulus != 0) digit += fmt::format(" % {}", term.modulus);
  if (term.divisor != 1 || term.modulus != 0) digit = "(" + digit + ")";
  return term.coefficient == 1 ? digit : fmt::format("{}*{}", term.coefficient, digit);
}

}  // namespace

std::optional<Projection> read_projection(const YamlNode& scalar, const std::vector<Rank>& ranks,
                                          Diagnostics& diagnostics) {
  if (!scalar.is_scalar()) {
    diagnostics.error(fmt::format("expected a position on an axis, as in 2*E + R, found {}", kind_name(scalar)),
                      scalar.span);
    return std::nullopt;
  }
  try {
    return ProjectionParser(scalar, ranks, diagnostics).parse();
  } catch (const Reported&) {
    return std::nullopt;
  }
}

std::string to_text(const Projection& projection, const std::vector<Rank>& ranks) {
  std::string text;
  for (const AxisTerm& term : projection.terms) {
    if (!text.empty()) text += " + ";
    text += term_text(term, ranks[term.rank.index()].name);
  }
  if (projection.offset < 0 && !text.empty()) return fmt::format("{} - {}", text, -projection.offset);
  if (projection.offset != 0 && !text.empty()) return fmt::format("{} + {}", text, projection.offset);
  return text.empty() ? fmt::format("{}", projection.offset) : text;
}

std::int64_t largest_position(const Projection& projection, const std::vector<Rank>& ranks) {
  std::int64_t position = projection.offset;
  for (const AxisTerm& term : projection.terms) {
    std::int64_t digit = (ranks[term.rank.index()].size - 1) / term.divisor;
    if (term.modulus > 0) digit = std::min(digit, term.modulus - 1);
    position = checked_add(position, checked_multiply(term.coefficient, digit));
  }
  return position;
}

}  // namespace ohmloop
