#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "ohmloop/energy/attributes.hpp"
#include "ohmloop/text/expression.hpp"

namespace ohmloop {

/// Whose expressions they are. v0.3 and before: `log` is the number of bits that count so far; v0.4: Python's `log`. In
/// both, `round` takes halves to the even neighbour, and quoted text is text unless it is a number ("40nm").
enum class FieldDialect { v03, v04 };

/// The version of a file's top-level key: "0.3", "0.4". Reports versions that nobody knows; nothing then.
struct FieldVersion {
  std::string text;
  FieldDialect dialect = FieldDialect::v03;
};
std::optional<FieldVersion> read_field_version(const YamlNode& map, std::string_view what, Diagnostics& diagnostics);

/// The scalar as an expression of our own language: functions renamed, quoted numbers unquoted.
YamlNode translate_expression(const YamlNode& scalar, FieldDialect dialect);

/// As evaluate(), of a scalar that was not translated yet.
std::optional<Value> evaluate_field(const YamlNode& scalar, FieldDialect dialect, Scope& scope,
                                    Diagnostics& diagnostics);

/// As evaluate_field(), but only whole numbers within [low, high] pass. `what` starts the message.
std::optional<std::int64_t> whole_field_number(const YamlNode& scalar, FieldDialect dialect, Scope& scope,
                                               std::string_view what, std::int64_t low, std::int64_t high,
                                               Diagnostics& diagnostics);

/// What the expressions of an `attributes:` map see: each other, in any order, then the attributes around the map, then
/// the scope around the file. `datawidth: datawidth` takes the one around.
class FieldScope final : public Scope {
 public:
  /// `own` may be null; it and the others outlive the scope.
  FieldScope(const YamlNode* own, const AttributeMap& around, Scope* outer, FieldDialect dialect);

  std::optional<Value> lookup(std::string_view name, const SourceSpan& use, Diagnostics& diagnostics) override;
  [[nodiscard]] std::vector<std::string> names() const override;

  /// All of them with those around; lists, maps and nulls are left out. Reports what can't be evaluated.
  AttributeMap evaluate_all(Diagnostics& diagnostics);

 private:
  std::optional<Value> evaluate_own(const YamlEntry& entry, const SourceSpan& use, Diagnostics& diagnostics);

  const YamlNode* own_;
  const AttributeMap& around_;
  Scope* outer_;
  FieldDialect dialect_;
  std::vector<std::string> running_;
  std::map<std::string, std::optional<Value>, std::less<>> done_;
};

/// Reports keys of a map that are not among `known`, with the nearest one.
void report_unknown_keys(const YamlNode& map, const std::vector<std::string>& known, std::string_view what,
                         Diagnostics& diagnostics);

/// Templates must be rendered before we read them: reports the first `{{` or `{%` outside comments and how to render.
bool report_templates(const SourceFilePtr& source, Diagnostics& diagnostics);

}  // namespace ohmloop
