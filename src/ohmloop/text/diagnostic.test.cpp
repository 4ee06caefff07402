#include "ohmloop/text/diagnostic.hpp"

#include <string>

#include <gtest/gtest.h>

#include "ohmloop/text/test_support.hpp"

namespace ohmloop {
namespace {

using testing_text::source_of;

Diagnostic diagnostic_at(const std::string& text, std::size_t line, std::size_t column, std::size_t length,
                         const std::string& label = {}) {
  const SourceSpan where{.file = source_of(text, "arch.yaml"), .line = line, .column = column, .length = length};
  return {.severity = Severity::error, .message = "wrong", .where = where, .label = label, .notes = {}};
}

TEST(RenderDiagnostic, shows_place_line_caret_label_and_notes) {
  Diagnostic diagnostic = diagnostic_at(std::string(13, '\n') + "      widht: 64\n", 14, 7, 5, "did you mean 'width'?");
  diagnostic.message = "unknown key 'widht' in memory 'shared_glb'";
  diagnostic.notes = {"known keys: depth, width"};
  EXPECT_EQ(render(diagnostic),
            "error: unknown key 'widht' in memory 'shared_glb'\n"
            "  --> arch.yaml:14:7\n"
            "   |\n"
            "14 |       widht: 64\n"
            "   |       ^^^^^ did you mean 'width'?\n"
            "   = known keys: depth, width\n");
}

TEST(RenderDiagnostic, needs_no_place) {
  const Diagnostic diagnostic{Severity::warning, "nobody reads 'depth'", {}, "remove it", {"one note", "another"}};
  EXPECT_EQ(render(diagnostic), "warning: nobody reads 'depth'\n  = remove it\n  = one note\n  = another\n");
}

TEST(RenderDiagnostic, puts_carets_under_characters_not_bytes) {
  EXPECT_EQ(render(diagnostic_at("\u00b5\u00b5: x\u00e9y z\n", 1, 7, 4)),
            "error: wrong\n --> arch.yaml:1:7\n  |\n1 | \u00b5\u00b5: x\u00e9y z\n  |     ^^^\n");
}

TEST(RenderDiagnostic, shows_tabs_as_four_blanks) {
  EXPECT_EQ(render(diagnostic_at("\ta:\tb\n", 1, 5, 1)),
            "error: wrong\n --> arch.yaml:1:5\n  |\n1 |     a:    b\n  |           ^\n");
}

TEST(RenderDiagnostic, points_behind_the_line_at_its_end) {
  EXPECT_EQ(render(diagnostic_at("a: 1 +\r\nb\n", 1, 7, 1)),
            "error: wrong\n --> arch.yaml:1:7\n  |\n1 | a: 1 +\n  |       ^\n");
  EXPECT_EQ(render(diagnostic_at("a\n", 2, 1, 1)), "error: wrong\n --> arch.yaml:2:1\n  |\n2 | \n  | ^\n");
}

TEST(RenderDiagnostic, marks_no_more_than_the_line_of_a_long_span) {
  EXPECT_EQ(render(diagnostic_at("ab: \"c\nd\"\n", 1, 5, 5)),
            "error: wrong\n --> arch.yaml:1:5\n  |\n1 | ab: \"c\n  |     ^^\n");
}

TEST(RenderDiagnostic, shows_a_window_of_a_long_line) {
  const std::string text = std::string(200, 'a') + "XYZ" + std::string(200, 'b');
  EXPECT_EQ(render(diagnostic_at(text, 1, 201, 3)), "error: wrong\n --> arch.yaml:1:201\n  |\n1 | ..." +
                                                        std::string(40, 'a') + "XYZ" + std::string(77, 'b') +
                                                        "...\n  | " + std::string(43, ' ') + "^^^\n");
}

TEST(RenderDiagnostic, shows_begin_and_end_of_a_long_line_without_ellipsis_there) {
  EXPECT_EQ(render(diagnostic_at(std::string(130, 'a'), 1, 1, 1)),
            "error: wrong\n --> arch.yaml:1:1\n  |\n1 | " + std::string(120, 'a') + "...\n  | ^\n");
  EXPECT_EQ(render(diagnostic_at(std::string(130, 'a'), 1, 130, 1)),
            "error: wrong\n --> arch.yaml:1:130\n  |\n1 | ..." + std::string(120, 'a') + "\n  | " +
                std::string(122, ' ') + "^\n");
}

TEST(RenderDiagnostic, cuts_a_mark_that_is_longer_than_the_window) {
  EXPECT_EQ(render(diagnostic_at(std::string(300, 'a'), 1, 1, 300)), "error: wrong\n --> arch.yaml:1:1\n  |\n1 | " +
                                                                         std::string(120, 'a') + "...\n  | " +
                                                                         std::string(120, '^') + "\n");
}

TEST(RenderDiagnostic, lets_no_terminal_escape_through) {
  Diagnostic diagnostic = diagnostic_at("a\x1b[2Jb\xff: c\n", 1, 11, 1);
  diagnostic.message = "bad \x1b[2J";
  EXPECT_EQ(render(diagnostic).find('\x1b'), std::string::npos);
  EXPECT_NE(render(diagnostic).find("a\\x1b[2Jb\\xff: c"), std::string::npos) << render(diagnostic);
}

TEST(RenderDiagnostic, differs_in_colour_by_escapes_alone) {
  const Diagnostic diagnostic = diagnostic_at("a: b\n", 1, 4, 1, "here");
  std::string coloured = render(diagnostic, true);
  EXPECT_NE(coloured, render(diagnostic));
  for (std::size_t start = coloured.find('\x1b'); start != std::string::npos; start = coloured.find('\x1b')) {
    coloured.erase(start, coloured.find('m', start) - start + 1);
  }
  EXPECT_EQ(coloured, render(diagnostic));
}

TEST(RenderDiagnostics, separates_them_and_counts_the_rest) {
  const Diagnostic one{Severity::error, "one", {}, {}, {}};
  const Diagnostic two{Severity::error, "two", {}, {}, {}};
  EXPECT_EQ(render({one, two}), "error: one\n\nerror: two\n");
  EXPECT_EQ(render({one, two, two}, false, 1), "error: one\n\nand 2 more\n");
  EXPECT_EQ(render(std::vector<Diagnostic>{}), "");
}

TEST(DiagnosticsCollection, throws_everything_once_there_is_an_error) {
  Diagnostics diagnostics;
  diagnostics.warning("odd");
  EXPECT_NO_THROW(diagnostics.throw_if_errors());
  EXPECT_FALSE(diagnostics.has_errors());
  diagnostics.error("wrong", {});
  EXPECT_TRUE(diagnostics.has_errors());
  EXPECT_EQ(diagnostics.warnings().size(), 1U);
  try {
    diagnostics.throw_if_errors();
    FAIL() << "no exception";
  } catch (const InputError& error) {
    EXPECT_EQ(error.diagnostics().size(), 2U);
    EXPECT_STREQ(error.what(), "warning: odd\n\nerror: wrong\n");
  }
}

}  // namespace
}  // namespace ohmloop
