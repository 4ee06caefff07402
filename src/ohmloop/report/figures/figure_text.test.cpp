#include "ohmloop/report/figures/figure_text.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace ohmloop {
namespace {

TEST(FigureText, KeepsWhatCanBeDrawn) {
  EXPECT_EQ(drawable_text("µ-law, ΔΣ 10⁶ 日本 🙂 'a' \"b\" `c` $d @e \\n %f"),
            "µ-law, ΔΣ 10⁶ 日本 🙂 'a' \"b\" `c` $d @e \\n %f");
  EXPECT_EQ(drawable_text("two\nlines\tand\rmore"), "two lines and more");
}

TEST(FigureText, ReplacesWhatCanNot) {
  const std::string replaced = "\xEF\xBF\xBD";
  EXPECT_EQ(drawable_text(std::string("a\0b", 3)), "a" + replaced + "b");
  EXPECT_EQ(drawable_text("\x1b[2J"), replaced + "[2J");
  EXPECT_EQ(drawable_text("\xFF\xC0\x80"), replaced + replaced + replaced) << "no lead byte, overlong";
  EXPECT_EQ(drawable_text("\xED\xA0\x80"), replaced + replaced + replaced) << "a surrogate";
  EXPECT_EQ(drawable_text("x\xE2\x82"), "x" + replaced + replaced) << "cut off";
  EXPECT_EQ(drawable_text("\xEF\xBF\xBF"), replaced) << "U+FFFF is no character of XML";
}

RC_GTEST_PROP(FigureTextProperty, drawable_text_is_drawable, (const std::string& any)) {
  const std::string once = drawable_text(any);
  RC_ASSERT(drawable_text(once) == once);
}

TEST(FigureText, ShortensToWhatFits) {
  EXPECT_EQ(shortened("mobilenet", 100), "mobilenet");
  const std::string cut = shortened("a name that is far too long", 6);
  EXPECT_EQ(cut.substr(0, 4), "a na");
  EXPECT_EQ(cut.substr(cut.size() - 3), "…");
  EXPECT_LE(text_width(cut), 6);
  EXPECT_EQ(shortened("日本語", 2), "日…");
}

TEST(FigureText, WrapsAtBlanks) {
  EXPECT_EQ(wrapped("one two three", 5, 3), (std::vector<std::string>{"one two", "three"}));
  EXPECT_EQ(wrapped("one two three", 3, 2).back().substr(0, 2), "tw");
  EXPECT_TRUE(wrapped("", 5, 2).empty());
  const std::vector<std::string> lines = wrapped("unbreakablewords and more of them", 4, 3);
  ASSERT_EQ(lines.size(), 3U);
  for (const std::string& line : lines) EXPECT_LE(text_width(line), 4);
}

}  // namespace
}  // namespace ohmloop
