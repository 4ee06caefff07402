#include "ohmloop/text/yaml_syntax_error.hpp"

#include <algorithm>
#include <array>
#include <string_view>

#include <fmt/format.h>

#include "ohmloop/text/suggest.hpp"

namespace ohmloop {
namespace {

struct Wording {
  std::string_view library;
  std::string_view message;
  std::string_view label;
};

const std::array<Wording, 9>& wordings() {
  static const std::array<Wording, 9> rows = {{
      {YAML::ErrorMsg::MAP_VALUE, "a ':' where no value can stand",
       "put quotes around text that contains ': ', and check the indentation"},
      {YAML::ErrorMsg::MAP_KEY, "a '?' where no key can stand", ""},
      {YAML::ErrorMsg::BLOCK_ENTRY, "a '-' where no list entry can stand", "check the indentation"},
      {YAML::ErrorMsg::END_OF_MAP, "the map above ends here, but the file goes on",
       "expected 'key: value' with the indentation of the keys above"},
      {YAML::ErrorMsg::END_OF_SEQ, "the list above ends here, but the file goes on",
       "expected '- value' with the indentation of the entries above"},
      {YAML::ErrorMsg::UNKNOWN_TOKEN, "no value begins with this character", "put quotes around text"},
      {YAML::ErrorMsg::EOF_IN_SCALAR, "the file ends within a quoted text", "a closing quote is missing"},
      {YAML::ErrorMsg::DOC_IN_SCALAR, "the document ends within a quoted text", "a closing quote is missing"},
      {YAML::ErrorMsg::FLOW_END, "a closing bracket that does not fit",
       "close the innermost open list with ']', map with '}'"},
  }};
  return rows;
}

void report_unknown_anchor(std::size_t offset, const YamlLayout& layout, const YamlBuilder& builder,
                           Diagnostics& diagnostics) {
  const std::string_view rest = layout.text().substr(std::min(offset + 1, layout.text().size()));
  const std::string_view name = rest.substr(0, rest.find_first_of(" \t\r\n,[]{}"));
  diagnostics.error(fmt::format("unknown anchor '{}'", name), layout.span(offset, name.size() + 1),
                    did_you_mean(name, builder.anchor_names()));
}

/// Whether the library missed a closing bracket; the place to look at is the opening one.
bool report_open_bracket(std::string_view message, const YamlLayout& layout, const YamlBuilder& builder,
                         std::size_t offset, Diagnostics& diagnostics) {
  const bool is_list = message == YAML::ErrorMsg::END_OF_SEQ_FLOW;
  if (!is_list && message != YAML::ErrorMsg::END_OF_MAP_FLOW) return false;
  const SourceSpan opening = builder.innermost_open();
  diagnostics.error(fmt::format("expected ',' or '{}'", is_list ? ']' : '}'), layout.span(offset), {},
                    {fmt::format("the {} began at {}", is_list ? "list" : "map", to_string(opening))});
  return true;
}

}  // namespace

void report_syntax_error(const YAML::Exception& error, const YamlLayout& layout, const YamlBuilder& builder,
                         Diagnostics& diagnostics) {
  const std::size_t offset = layout.offset_of(error.mark.pos);
  const std::size_t tab = layout.tab_in_indentation(offset);
  if (tab != std::string_view::npos) {
    diagnostics.error("a tab in the indentation", layout.span(tab), "YAML indents with spaces alone");
    return;
  }
  if (error.msg.starts_with(YAML::ErrorMsg::UNKNOWN_ANCHOR)) {
    return report_unknown_anchor(offset, layout, builder, diagnostics);
  }
  if (report_open_bracket(error.msg, layout, builder, offset, diagnostics)) return;
  for (const Wording& wording : wordings()) {
    if (error.msg != wording.library) continue;
    diagnostics.error(std::string(wording.message), layout.span(offset), std::string(wording.label));
    return;
  }
  diagnostics.error(fmt::format("not valid YAML: {}", error.msg), layout.span(offset));
}

}  // namespace ohmloop
