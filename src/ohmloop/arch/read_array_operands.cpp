#include <fmt/format.h>

#include "ohmloop/arch/read_array_parts.hpp"

namespace ohmloop {
namespace {

constexpr std::int64_t widest_operand = 64;

using Words = std::vector<std::string>;

/// What the map of an operand says, with the place of its width.
struct Operand {
  std::optional<std::int64_t> bits;
  std::optional<std::string> encoding, pairs, subtract;
  SourceSpan bits_where, encoding_where, pairs_where, subtract_where;
};

std::optional<std::string> read_choice(MapReader& keys, const char* key, const Words& choices, SourceSpan& where) {
  std::optional<std::string> word = keys.choice(key, choices);
  if (word) where = keys.node(key)->span;
  return word;
}

Operand read_operand(NodeReader& reader, const std::string& role, const Words& encodings) {
  const YamlNode* map = reader.keys().required_node(role);
  if (map == nullptr) return {};
  NodeScope scope(*map, reader.context().scope);
  MapReader keys(*map, fmt::format("the {} of {}", role, reader.keys().what()), scope, reader.diagnostics());
  Operand operand;
  if (const YamlNode* bits = keys.required_node("bits")) {
    operand.bits = keys.integer_in_bits("bits", 1, widest_operand);
    operand.bits_where = bits->span;
  }
  operand.encoding = read_choice(keys, "encoding", encodings, operand.encoding_where);
  if (role == "weight") {
    operand.pairs = read_choice(keys, "pairs", Words{"columns", "rows"}, operand.pairs_where);
    operand.subtract = read_choice(keys, "subtract", Words{"analog", "digital"}, operand.subtract_where);
  }
  keys.finish();
  return operand;
}

/// Outputs have a width alone; that of the inputs if nothing is said.
std::optional<std::int64_t> read_output_bits(NodeReader& reader) {
  const YamlNode* map = reader.keys().node("output");
  if (map == nullptr) return std::nullopt;
  NodeScope scope(*map, reader.context().scope);
  MapReader keys(*map, fmt::format("the output of {}", reader.keys().what()), scope, reader.diagnostics());
  std::optional<std::int64_t> bits;
  if (keys.required_node("bits") != nullptr) bits = keys.integer_in_bits("bits", 1, widest_operand);
  keys.finish();
  return bits;
}

InputEncoding input_encoding(const std::optional<std::string>& word) {
  if (word == "signed") return InputEncoding::signed_binary;
  return word == "analog" ? InputEncoding::analog : InputEncoding::unsigned_binary;
}

WeightEncoding weight_encoding(const std::optional<std::string>& word) {
  if (word == "twos_complement") return WeightEncoding::twos_complement;
  if (word == "unsigned") return WeightEncoding::unsigned_binary;
  if (word == "differential") return WeightEncoding::differential;
  return word == "xnor" ? WeightEncoding::xnor : WeightEncoding::offset;
}

/// Products of -1 and +1: one bit each.
void check_xnor(NodeReader& reader, const Operand& input, const Operand& weight, OperandBits& bits,
                ArraySlicing& array) {
  const auto check_bit = [&](const char* role, const Operand& operand, int& width) {
    if (width != 1 && operand.bits) {
      reader.diagnostics().error(
          fmt::format("{} multiplies -1 and +1, but its {} has {} bit", reader.keys().what(), role, width),
          operand.bits_where, "1 bit under xnor weights");
    }
    width = 1;
  };
  check_bit("input", input, bits.input);
  check_bit("weight", weight, bits.weight);
  if (input.encoding && input.encoding != "signed") {
    reader.diagnostics().error(
        fmt::format("{} multiplies -1 and +1, which {} inputs are not", reader.keys().what(), *input.encoding),
        input.encoding_where, "signed, or no encoding, under xnor weights");
  }
  array.input_encoding = InputEncoding::signed_binary;
}

void check_differential(NodeReader& reader, const Operand& weight, OperandBits& bits, ArraySlicing& array) {
  if (bits.weight < 2) {
    reader.diagnostics().error(fmt::format("differential weights of {} have no magnitude", reader.keys().what()),
                               weight.bits_where, "a sign and at least one bit: 2 bit");
    bits.weight = 2;
  }
  if (weight.pairs == "rows") array.pairs = Pairs::rows;
  if (weight.subtract == "digital") array.subtraction = Subtraction::digital;
  if (array.pairs == Pairs::columns || array.subtraction == Subtraction::analog) return;
  reader.diagnostics().error(
      fmt::format("pairs in rows of {} meet on a column, before anything is digital", reader.keys().what()),
      weight.subtract_where, "subtract: analog, or pairs: columns");
  array.subtraction = Subtraction::analog;
}

/// Keys that ask for what other encodings do not have.
void refuse_pairs(NodeReader& reader, const Operand& weight) {
  const auto refuse = [&](const char* key, const std::optional<std::string>& word, const SourceSpan& where) {
    if (!word) return;
    reader.diagnostics().error(fmt::format("'{}' of {} is for differential weights", key, reader.keys().what()), where,
                               fmt::format("these are {}", weight.encoding.value_or("offset")));
  };
  refuse("pairs", weight.pairs, weight.pairs_where);
  refuse("subtract", weight.subtract, weight.subtract_where);
}

}  // namespace

void read_operands(NodeReader& reader, OperandBits& bits, ArraySlicing& array) {
  const Operand input = read_operand(reader, "input", {"unsigned", "signed", "analog"});
  const Operand weight =
      read_operand(reader, "weight", {"offset", "twos_complement", "unsigned", "differential", "xnor"});
  const std::optional<std::int64_t> output = read_output_bits(reader);
  bits.input = static_cast<int>(input.bits.value_or(1));
  bits.weight = static_cast<int>(weight.bits.value_or(widest_operand));
  bits.output = static_cast<int>(output.value_or(bits.input));
  array.input_encoding = input_encoding(input.encoding);
  array.weight_encoding = weight_encoding(weight.encoding);
  if (array.weight_encoding == WeightEncoding::xnor) check_xnor(reader, input, weight, bits, array);
  if (array.weight_encoding == WeightEncoding::differential) {
    check_differential(reader, weight, bits, array);
  } else {
    refuse_pairs(reader, weight);
  }
}

}  // namespace ohmloop
