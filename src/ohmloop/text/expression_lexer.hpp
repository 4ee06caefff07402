#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "ohmloop/text/quantity.hpp"

namespace ohmloop {

/// One word of an expression; its place is relative to the expression's text.
struct Token {
  enum class Kind { number, name, string, symbol, end };

  Kind kind = Kind::end;
  std::string_view text;  ///< of a string without its quotes
  std::size_t offset = 0;
  std::size_t length = 0;
  Quantity quantity;  ///< of a number with its unit

  [[nodiscard]] bool is(std::string_view word) const {
    return text == word && (kind == Kind::symbol || kind == Kind::name);
  }
};

/// What is wrong with an expression, and where in its text.
struct ExpressionError {
  std::string message;
  std::size_t offset = 0;
  std::size_t length = 1;
  std::string label;
};

/// Splits an expression into tokens with an end token behind them; a number takes its unit along. Throws
/// ExpressionError for characters, units and numbers that it does not know. The text must outlive the tokens.
std::vector<Token> split_expression(std::string_view text);

/// Words that can't be names of variables: and, or, not, if, else, true, false.
bool is_keyword(std::string_view word);

/// A letter or underscore, then letters, digits and underscores.
bool is_identifier(std::string_view word);

}  // namespace ohmloop
