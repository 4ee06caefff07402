#include <string>
#include <utility>
#include <vector>

#include <gtest/gtest.h>
#include <rapidcheck.h>

#include "ohmloop/text/expression.hpp"
#include "ohmloop/text/map_reader.hpp"
#include "ohmloop/text/test_support.hpp"
#include "ohmloop/text/yaml.hpp"

namespace ohmloop {
namespace {

using testing_text::source_of;

std::string random_text(const std::string& alphabet, int longest) {
  const int length = *rc::gen::inRange(0, longest + 1);
  return *rc::gen::container<std::string>(static_cast<std::size_t>(length), rc::gen::elementOf(alphabet));
}

YamlNode random_scalar() {
  YamlNode node;
  node.kind = YamlNode::Kind::scalar;
  node.quoted = *rc::gen::arbitrary<bool>();
  // A plain scalar begins with a letter that begins no word of YAML; a quoted one may hold anything.
  node.scalar = node.quoted ? random_text("ab \"\\'#:,[]{}&*!|>%@`-?~\n\t", 12) : "k" + random_text("abc_-./5", 8);
  return node;
}

YamlNode random_tree(int depth) {
  const int kind = depth == 0 ? *rc::gen::inRange(0, 2) : *rc::gen::inRange(0, 5);
  if (kind == 0) return {};
  if (kind == 1) return random_scalar();
  YamlNode node;
  node.kind = kind == 2 ? YamlNode::Kind::sequence : YamlNode::Kind::map;
  if (*rc::gen::inRange(0, 3) == 0) node.tag = "!Tag";
  const int count = *rc::gen::inRange(0, 4);
  for (int i = 0; i < count; ++i) {
    YamlNode child = random_tree(depth - 1);
    if (node.is_sequence()) {
      node.items.push_back(std::move(child));
    } else {
      node.entries.push_back({random_text("xyz", 3) + std::to_string(i), {}, std::move(child)});
    }
  }
  return node;
}

std::string in_double_quotes(const std::string& text) {
  std::string result = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') result += '\\';
    if (c == '\n') {
      result += "\\n";
    } else if (c == '\t') {
      result += "\\t";
    } else {
      result += c;
    }
  }
  return result + "\"";
}

std::string in_single_quotes(const std::string& text) {
  std::string result = "'";
  for (const char c : text) result += c == '\'' ? std::string("''") : std::string(1, c);
  return result + "'";
}

/// A scalar, or a collection in brackets.
std::string on_one_line(const YamlNode& node) {
  if (node.is_null()) return "~";
  if (node.is_scalar() && !node.quoted) return node.scalar;
  if (node.is_scalar()) {
    const bool single = node.scalar.find_first_of("\n\t") == std::string::npos && node.scalar.size() % 2 == 0;
    return single ? in_single_quotes(node.scalar) : in_double_quotes(node.scalar);
  }
  std::string inside;
  for (const YamlNode& item : node.items) inside += (inside.empty() ? "" : ", ") + on_one_line(item);
  for (const YamlEntry& entry : node.entries) {
    inside += (inside.empty() ? "" : ", ") + entry.key + ": " + on_one_line(entry.value);
  }
  const std::string tag = node.tag.empty() ? "" : node.tag + " ";
  return node.is_map() ? tag + "{" + inside + "}" : tag + "[" + inside + "]";
}

/// The node as lines with indentation; collections deeper down in brackets now and then.
std::string on_lines(const YamlNode& node, std::size_t indentation) {
  const bool is_collection = !node.items.empty() || !node.entries.empty();
  if (!is_collection || *rc::gen::inRange(0, 4) == 0) return " " + on_one_line(node) + "\n";
  std::string text = (node.tag.empty() ? "" : " " + node.tag) + std::string(" # a comment: [\n");
  const std::string margin(indentation, ' ');
  for (const YamlNode& item : node.items) text += margin + "-" + on_lines(item, indentation + 2);
  for (const YamlEntry& entry : node.entries) text += margin + entry.key + ":" + on_lines(entry.value, indentation + 2);
  return text;
}

bool equal(const YamlNode& a, const YamlNode& b) {
  if (a.kind != b.kind || a.tag != b.tag || a.scalar != b.scalar || a.quoted != b.quoted) return false;
  if (a.items.size() != b.items.size() || a.entries.size() != b.entries.size()) return false;
  for (std::size_t i = 0; i < a.items.size(); ++i) {
    if (!equal(a.items[i], b.items[i])) return false;
  }
  for (std::size_t i = 0; i < a.entries.size(); ++i) {
    if (a.entries[i].key != b.entries[i].key || !equal(a.entries[i].value, b.entries[i].value)) return false;
  }
  return true;
}

std::string text_at(const SourceSpan& span) {
  std::size_t start = 0;
  for (std::size_t line = 1; line < span.line; ++line) start = span.file->text.find('\n', start) + 1;
  return span.file->text.substr(start + span.column - 1, span.length);
}

/// Whether the places of keys and scalars hold their text.
bool places_hold(const YamlNode& node) {
  if (node.is_scalar() && !node.quoted && text_at(node.span) != node.scalar) return false;
  if (node.is_scalar() && node.quoted && text_at(node.span) != in_double_quotes(node.scalar) &&
      text_at(node.span) != in_single_quotes(node.scalar)) {
    return false;
  }
  if (!node.tag.empty() && text_at(node.tag_span) != node.tag) return false;
  for (const YamlNode& item : node.items) {
    if (!places_hold(item)) return false;
  }
  for (const YamlEntry& entry : node.entries) {
    if (text_at(entry.key_span) != entry.key || !places_hold(entry.value)) return false;
  }
  return true;
}

TEST(ParseYamlProperties, reads_back_a_printed_tree_with_its_places) {
  rc::check([] {
    const YamlNode tree = random_tree(4);
    const std::string text = "---" + on_lines(tree, 0);
    Diagnostics diagnostics;
    const YamlNode again = parse_yaml(source_of(text), diagnostics);
    RC_LOG(text + "\n" + render(diagnostics.all()));
    RC_ASSERT(!diagnostics.has_errors());
    RC_ASSERT(equal(tree, again));
    RC_ASSERT(places_hold(again));
  });
}

const std::string architecture = R"(# a chip
ohmloop: 1
variables: {rows: 128, columns: "rows * 2", width: 64 bit}
shared: &shared {class: sram, width: 256 bit}
architecture:
- !Memory    {<<: *shared, name: edram, size: 64 KiB, keep: [input, output]}
- !Container
  name: ima   # twelve
  fanout: 12 if rows > 64 else 6
- !Array     {name: crossbar, rows: rows, input: {bits: 16, encoding: unsigned}}
- !Compute
notes: |
  free text: [
)";

std::string mutated(std::string text) {
  const std::string alphabet = "[]{}:,-?&*!|>'\"%@` \t\n#~<=a0\x01\xc3";
  const int edits = *rc::gen::inRange(1, 6);
  for (int i = 0; i < edits && !text.empty(); ++i) {
    const auto place = static_cast<std::size_t>(*rc::gen::inRange(0, static_cast<int>(text.size())));
    const char byte = *rc::gen::elementOf(alphabet);
    switch (*rc::gen::inRange(0, 4)) {
      case 0:
        text[place] = byte;
        break;
      case 1:
        text.insert(place, 1, byte);
        break;
      case 2:
        text.erase(place, static_cast<std::size_t>(*rc::gen::inRange(1, 20)));
        break;
      default:
        text.insert(place, text.substr(place / 2, 30));
        break;
    }
  }
  return text;
}

/// Evaluates every scalar, as a reader of the whole file might.
void evaluate_all(const YamlNode& node, Scope& scope, Diagnostics& diagnostics) {
  if (node.is_scalar()) evaluate(node, scope, diagnostics);
  for (const YamlNode& item : node.items) evaluate_all(item, scope, diagnostics);
  for (const YamlEntry& entry : node.entries) evaluate_all(entry.value, scope, diagnostics);
}

TEST(ParseYamlProperties, gives_a_tree_or_a_diagnostic_for_any_damaged_file) {
  rc::check([] {
    const std::string text = mutated(architecture);
    Diagnostics diagnostics;
    const YamlNode tree = parse_yaml(source_of(text), diagnostics);
    RC_LOG(text);
    RC_ASSERT(!tree.is_null() || diagnostics.has_errors() || text.find_first_of("~") != std::string::npos);
    for (const Diagnostic& diagnostic : diagnostics.all()) RC_ASSERT(!diagnostic.where.empty());

    const YamlNode* variables = tree.find("variables");
    VariableScope scope(variables == nullptr ? YamlNode{} : *variables, nullptr, diagnostics);
    evaluate_all(tree, scope, diagnostics);
    RC_ASSERT(!render(diagnostics.all()).empty() || diagnostics.all().empty());
  });
}

}  // namespace
}  // namespace ohmloop
