#include <algorithm>
#include <array>
#include <utility>

#include <fmt/format.h>

#include "ohmloop/text/expression_functions.hpp"
#include "ohmloop/text/expression_program.hpp"
#include "ohmloop/text/suggest.hpp"

namespace ohmloop {
namespace {

using Code = Instruction::Code;

constexpr int deepest_nesting = 64;

struct Level {
  std::array<std::string_view, 6> operators;
  bool chains;  ///< a + b + c is fine, a < b < c is not
};

// Loosest first. `or`, `and`, `not`, the conditional and `**` have functions of their own.
constexpr std::array<Level, 3> binary_levels = {{
    {{"<", "<=", ">", ">=", "==", "!="}, false},
    {{"+", "-"}, true},
    {{"*", "/", "//"}, true},
}};

class Parser {
 public:
  explicit Parser(std::string_view text) : tokens_(split_expression(text)) {}

  std::vector<Instruction> run() {
    conditional();
    if (peek().kind != Token::Kind::end) fail_unexpected("expected an operator or the end");
    return std::move(program_);
  }

 private:
  /// Counts how deep the descent is; input decides on it, so it is bounded.
  class Nesting {
   public:
    explicit Nesting(Parser& parser) : parser_(parser) {
      if (++parser_.depth_ > deepest_nesting) {
        const Token& token = parser_.peek();
        throw ExpressionError{"the expression is nested too deeply", token.offset, token.length, {}};
      }
    }
    Nesting(const Nesting&) = delete;
    Nesting& operator=(const Nesting&) = delete;
    ~Nesting() { --parser_.depth_; }

   private:
    Parser& parser_;
  };

  [[nodiscard]] const Token& peek(std::size_t ahead = 0) const {
    return tokens_[std::min(place_ + ahead, tokens_.size() - 1)];
  }

  const Token& take() {
    const Token& token = peek();
    if (place_ + 1 < tokens_.size()) ++place_;
    return token;
  }

  bool take_if(std::string_view word) {
    if (!peek().is(word)) return false;
    take();
    return true;
  }

  void expect(std::string_view word) {
    if (!take_if(word)) fail_unexpected(fmt::format("expected '{}'", word));
  }

  [[noreturn]] void fail_unexpected(const std::string& expectation) const {
    const Token& token = peek();
    const std::string found = token.kind == Token::Kind::end ? "the end" : fmt::format("'{}'", token.text);
    const bool is_text = token.kind == Token::Kind::name || token.kind == Token::Kind::string;
    throw ExpressionError{fmt::format("{}, found {}", expectation, found), token.offset, token.length,
                          is_text ? "put quotes around text that is no expression" : ""};
  }

  std::size_t emit(Code code, const Token& token, std::size_t count = 0, Value constant = {}) {
    program_.push_back({code, token.text, token.offset, token.length, count, std::move(constant)});
    return program_.size() - 1;
  }

  /// Lets the jump at `place` end behind the last instruction.
  void land(std::size_t place) { program_[place].count = program_.size() - place - 1; }

  /// value `if` condition `else` other: the condition stands second but runs first.
  void conditional() {
    const Nesting nesting(*this);
    const std::size_t start = program_.size();
    disjunction();
    if (!peek().is("if")) return;
    const Token if_token = take();
    std::vector<Instruction> chosen(program_.begin() + static_cast<std::ptrdiff_t>(start), program_.end());
    program_.resize(start);
    disjunction();
    const std::size_t to_other = emit(Code::jump_if_false, if_token);
    program_.insert(program_.end(), chosen.begin(), chosen.end());
    const std::size_t to_end = emit(Code::jump, if_token);
    land(to_other);
    expect("else");
    conditional();
    land(to_end);
  }

  void disjunction() {
    conjunction();
    while (peek().is("or")) {
      const Token token = take();
      const std::size_t jump = emit(Code::keep_if_true, token);
      conjunction();
      emit(Code::require_truth_value, token);
      land(jump);
    }
  }

  void conjunction() {
    inversion();
    while (peek().is("and")) {
      const Token token = take();
      const std::size_t jump = emit(Code::keep_if_false, token);
      inversion();
      emit(Code::require_truth_value, token);
      land(jump);
    }
  }

  void inversion() {
    if (!peek().is("not")) return binary(0);
    const Nesting nesting(*this);
    const Token token = take();
    inversion();
    emit(Code::invert, token);
  }

  [[nodiscard]] bool at_operator_of(const Level& level) const {
    const auto& operators = level.operators;
    return peek().kind == Token::Kind::symbol &&
           std::find(operators.begin(), operators.end(), peek().text) != operators.end();
  }

  void binary(std::size_t level) {
    if (level == binary_levels.size()) return unary();
    binary(level + 1);
    for (bool first = true; at_operator_of(binary_levels[level]); first = false) {
      const Token token = take();
      if (!first && !binary_levels[level].chains) {
        throw ExpressionError{"comparisons do not chain", token.offset, token.length, "write 'a < b and b < c'"};
      }
      binary(level + 1);
      emit(Code::binary, token);
    }
  }

  void unary() {
    if (!peek().is("-") && !peek().is("+")) return power();
    const Nesting nesting(*this);
    const Token token = take();
    unary();
    emit(token.text == "-" ? Code::negate : Code::affirm, token);
  }

  /// Binds tighter than a sign on its left and looser than one on its right: -2 ** -1 is -(2 ** (-1)).
  void power() {
    primary();
    if (!peek().is("**")) return;
    const Nesting nesting(*this);
    const Token token = take();
    unary();
    emit(Code::binary, token);
  }

  void primary() {
    const Token token = peek();
    switch (token.kind) {
      case Token::Kind::number:
        take();
        emit(Code::push, token, 0, token.quantity);
        return;
      case Token::Kind::string:
        take();
        emit(Code::push, token, 0, std::string(token.text));
        return;
      case Token::Kind::name:
        return name();
      default:
        break;
    }
    if (!take_if("(")) fail_unexpected("expected a value");
    conditional();
    expect(")");
  }

  void name() {
    const Token token = peek();
    if (token.text == "true" || token.text == "false") {
      take();
      emit(Code::push, token, 0, token.text == "true");
    } else if (is_keyword(token.text)) {
      fail_unexpected("expected a value");
    } else if (peek(1).is("(")) {
      call();
    } else {
      take();
      emit(Code::load, token);
    }
  }

  void call() {
    const Token token = take();
    if (!is_function(token.text)) {
      throw ExpressionError{fmt::format("unknown function '{}'", token.text), token.offset, token.length,
                            did_you_mean(token.text, function_names())};
    }
    expect("(");
    std::size_t count = 0;
    if (!peek().is(")")) {
      do {
        conditional();
        ++count;
      } while (take_if(","));
    }
    expect(")");
    emit(Code::call, token, count);
  }

  std::vector<Token> tokens_;
  std::vector<Instruction> program_;
  std::size_t place_ = 0;
  int depth_ = 0;
};

}  // namespace

std::vector<Instruction> compile_expression(std::string_view text) { return Parser(text).run(); }

}  // namespace ohmloop
