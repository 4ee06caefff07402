#include "ohmloop/text/expression_lexer.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>

#include <fmt/format.h>

#include "ohmloop/text/suggest.hpp"
#include "ohmloop/text/unit.hpp"
#include "ohmloop/text/utf8.hpp"

namespace ohmloop {
namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }
// Letters beyond ASCII appear in units alone: µ and Ω.
bool is_letter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || static_cast<unsigned char>(c) >= 0x80;
}
bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }

class Lexer {
 public:
  explicit Lexer(std::string_view text) : text_(text) {}

  std::vector<Token> run() {
    std::vector<Token> tokens;
    for (skip_blanks(); place_ < text_.size(); skip_blanks()) tokens.push_back(next());
    tokens.push_back({.kind = Token::Kind::end, .text = {}, .offset = text_.size(), .length = 1, .quantity = {}});
    return tokens;
  }

 private:
  [[nodiscard]] char peek(std::size_t ahead = 0) const {
    return place_ + ahead < text_.size() ? text_[place_ + ahead] : '\0';
  }

  void skip_blanks() {
    while (is_blank(peek())) ++place_;
  }

  Token next() {
    if (is_digit(peek()) || (peek() == '.' && is_digit(peek(1)))) return number();
    if (is_letter(peek())) return name();
    if (peek() == '\'' || peek() == '"') return quoted();
    return symbol();
  }

  [[nodiscard]] Token token_from(std::size_t start, Token::Kind kind) const {
    const std::size_t length = place_ - start;
    return {.kind = kind, .text = text_.substr(start, length), .offset = start, .length = length, .quantity = {}};
  }

  /// An identifier, or several joined by points.
  Token name() {
    const std::size_t start = place_;
    while (is_letter(peek()) || is_digit(peek()) || (peek() == '.' && is_letter(peek(1)))) ++place_;
    return token_from(start, Token::Kind::name);
  }

  Token quoted() {
    const std::size_t start = place_;
    const std::size_t end = text_.find(peek(), place_ + 1);
    if (end == std::string_view::npos) throw ExpressionError{"the quoted text has no end", start, 1, {}};
    place_ = end + 1;
    Token token = token_from(start, Token::Kind::string);
    token.text = text_.substr(start + 1, end - start - 1);
    return token;
  }

  Token symbol() {
    static constexpr std::array<std::string_view, 16> symbols = {"**", "//", "<=", ">=", "==", "!=", "+", "-",
                                                                 "*",  "/",  "<",  ">",  "(",  ")",  ",", "%"};
    const std::size_t start = place_;
    for (const std::string_view candidate : symbols) {
      if (!text_.substr(place_).starts_with(candidate)) continue;
      place_ += candidate.size();
      if (candidate == "%") break;
      return token_from(start, Token::Kind::symbol);
    }
    const std::string_view character = text_.substr(start, std::max<std::size_t>(1, utf8_length_at(text_, start)));
    std::string label = "put quotes around text that is no expression";
    if (character == "%") label = "'%' means percent and stands behind a number";
    if (character == "=") label = "'==' compares";
    throw ExpressionError{fmt::format("'{}' has no meaning here", character), start, character.size(), label};
  }

  void skip_digits() {
    while (is_digit(peek()) || (peek() == '_' && is_digit(peek(1)))) ++place_;
  }

  Token number() {
    const std::size_t start = place_;
    skip_digits();
    if (peek() == '.' && !(is_letter(peek(1)))) {
      ++place_;
      skip_digits();
    }
    if (peek() == 'e' || peek() == 'E') {
      const std::size_t sign = peek(1) == '+' || peek(1) == '-' ? 1 : 0;
      if (is_digit(peek(1 + sign))) {
        place_ += 1 + sign;
        skip_digits();
      }
    }
    std::string digits(text_.substr(start, place_ - start));
    std::erase(digits, '_');
    const Unit unit = unit_behind_number();
    Token token = token_from(start, Token::Kind::number);
    const std::optional<double> value = number_in_unit(digits, unit);
    if (!value) throw ExpressionError{"the number is too large", start, token.length, {}};
    token.quantity = {.value = *value, .dimension = unit.dimension};
    return token;
  }

  /// The letters at the current place, a percent sign counting as one.
  [[nodiscard]] std::string_view letters_at(std::size_t start) const {
    if (start < text_.size() && text_[start] == '%') return text_.substr(start, 1);
    std::size_t end = start;
    while (end < text_.size() && is_letter(text_[end])) ++end;
    return text_.substr(start, end - start);
  }

  Unit unit_behind_number() {
    const std::size_t after_digits = place_;
    skip_blanks();
    const std::string_view word = letters_at(place_);
    if (word.empty() || is_keyword(word)) {
      place_ = after_digits;
      return {};
    }
    Unit unit = powered_unit(word);
    while ((peek() == '/' || (peek() == '*' && peek(1) != '*')) && find_unit(letters_at(place_ + 1))) {
      const std::size_t start = place_;
      const int sign = peek() == '/' ? -1 : 1;
      ++place_;
      const std::optional<Unit> product = multiply(unit, powered_unit(letters_at(place_)), sign);
      if (!product) throw ExpressionError{"the power of the unit is too large", start, place_ - start, {}};
      unit = *product;
    }
    return unit;
  }

  /// A unit with its power, as in um2, um^2 or s^-1.
  Unit powered_unit(std::string_view symbol) {
    const std::size_t start = place_;
    const std::optional<Unit> unit = find_unit(symbol);
    if (!unit) throw unknown_unit(symbol, start);
    place_ += symbol.size();
    const std::size_t hat = peek() == '^' ? 1 : 0;
    const std::size_t sign = hat == 1 && peek(1) == '-' ? 1 : 0;
    if (!is_digit(peek(hat + sign))) return *unit;
    place_ += hat;
    int power = 0;
    const char* const end = text_.data() + text_.size();
    const auto [stop, error] = std::from_chars(text_.data() + place_, end, power);
    place_ = static_cast<std::size_t>(stop - text_.data());
    const bool in_range = error == std::errc{} && std::abs(power) <= max_dimension_exponent;
    const std::optional<Unit> result = in_range ? multiply(Unit{}, *unit, power) : std::nullopt;
    if (!result) throw ExpressionError{"the power of the unit is too large", start, place_ - start, {}};
    return *result;
  }

  [[nodiscard]] static ExpressionError unknown_unit(std::string_view symbol, std::size_t offset) {
    std::string label = did_you_mean(symbol, common_unit_names());
    if (symbol == "KB" || symbol == "Kb") label = fmt::format("write 'Ki{0}' for 1024 or 'k{0}' for 1000", symbol[1]);
    return {fmt::format("unknown unit '{}'", symbol), offset, symbol.size(), label};
  }

  std::string_view text_;
  std::size_t place_ = 0;
};

}  // namespace

std::vector<Token> split_expression(std::string_view text) { return Lexer(text).run(); }

bool is_keyword(std::string_view word) {
  static constexpr std::array<std::string_view, 7> keywords = {"and", "or", "not", "if", "else", "true", "false"};
  return std::find(keywords.begin(), keywords.end(), word) != keywords.end();
}

bool is_identifier(std::string_view word) {
  const auto in_name = [](char c) { return static_cast<unsigned char>(c) < 0x80 && (is_letter(c) || is_digit(c)); };
  return !word.empty() && !is_digit(word.front()) && std::all_of(word.begin(), word.end(), in_name);
}

}  // namespace ohmloop
