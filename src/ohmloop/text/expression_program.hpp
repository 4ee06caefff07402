#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "ohmloop/text/expression_lexer.hpp"
#include "ohmloop/text/quantity.hpp"

namespace ohmloop {

/// One step of a stack machine. An expression is compiled, not walked as a tree: a sum of ten thousand terms or a long
/// chain of variables then needs no deep recursion.
struct Instruction {
  enum class Code {
    push,                ///< constant
    load,                ///< value of the name `text`
    negate,              ///< top
    affirm,              ///< unary plus: top, which must be a number
    invert,              ///< not top
    binary,              ///< operator `text` on the two topmost
    call,                ///< function `text` on the `count` topmost
    jump,                ///< skip `count` instructions
    jump_if_false,       ///< take the condition off; skip `count` instructions if it is false
    keep_if_false,       ///< for `and`: a false top stays and `count` instructions are skipped, a true one is taken off
    keep_if_true,        ///< for `or`: the other way round
    require_truth_value  ///< top must be true or false
  };

  Code code = Code::push;
  std::string_view text;
  std::size_t offset = 0;  ///< where an error of this step is shown
  std::size_t length = 0;
  std::size_t count = 0;
  Value constant;
};

/// Compiles an expression; the program refers to its text. Throws ExpressionError.
std::vector<Instruction> compile_expression(std::string_view text);

}  // namespace ohmloop
