#include "ohmloop/text/csv.hpp"

#include <gtest/gtest.h>

namespace ohmloop {
namespace {

SourceFilePtr csv(const std::string& text) { return std::make_shared<const SourceFile>(SourceFile{"lab.csv", text}); }

TEST(Csv, QuotesBlanksAndCommentsAreUnderstood) {
  Diagnostics diagnostics;
  const CsvFile file = parse_csv(csv("# title: a: b\nx, y\n\n# no row\n\"1, \"\"2\"\"\" ,3\r\n"), diagnostics);
  EXPECT_FALSE(diagnostics.has_errors());
  ASSERT_EQ(file.rows.size(), 1U);
  EXPECT_EQ(file.property("title")->text, "a: b");
  EXPECT_EQ(file.rows[0].cells[0].text, "1, \"2\"");
  EXPECT_EQ(file.rows[0].cells[1].text, "3");
  EXPECT_EQ(file.rows[0].where.line, 5U);
}

TEST(Csv, BrokenRowsAreErrorsAtTheirLine) {
  Diagnostics diagnostics;
  parse_csv(csv("a,b\n1\n\"open,2\n\"x\"y,2\n"), diagnostics);
  const std::string text = render(diagnostics.all());
  EXPECT_NE(text.find("lab.csv:2:1"), std::string::npos) << text;
  EXPECT_NE(text.find("1 cells, the header has 2"), std::string::npos) << text;
  EXPECT_NE(text.find("a quote does not end"), std::string::npos) << text;
  EXPECT_NE(text.find("text stands after a quoted cell"), std::string::npos) << text;
}

}  // namespace
}  // namespace ohmloop
