#include "ohmloop/text/utf8.hpp"

#include <string>

#include <gtest/gtest.h>

namespace ohmloop {
namespace {

TEST(Utf8Length, counts_the_bytes_of_a_character) {
  EXPECT_EQ(utf8_length_at("a", 0), 1U);
  EXPECT_EQ(utf8_length_at("\u00b5", 0), 2U);
  EXPECT_EQ(utf8_length_at("\u2126", 0), 3U);
  EXPECT_EQ(utf8_length_at("\U0001F600", 0), 4U);
  EXPECT_EQ(utf8_length_at("a", 1), 0U);
}

TEST(Utf8Length, refuses_malformed_sequences) {
  EXPECT_EQ(utf8_length_at("\x80", 0), 0U);              // continuation alone
  EXPECT_EQ(utf8_length_at("\xc3", 0), 0U);              // cut short
  EXPECT_EQ(utf8_length_at("\xc0\x80", 0), 0U);          // overlong
  EXPECT_EQ(utf8_length_at("\xe0\x80\x80", 0), 0U);      // overlong
  EXPECT_EQ(utf8_length_at("\xed\xa0\x80", 0), 0U);      // surrogate
  EXPECT_EQ(utf8_length_at("\xf4\x90\x80\x80", 0), 0U);  // beyond U+10FFFF
  EXPECT_EQ(utf8_length_at("\xff", 0), 0U);
}

TEST(FirstNonTextByte, lets_text_pass) { EXPECT_FALSE(first_non_text_byte("a\tb\r\n\u00b5").has_value()); }

TEST(FirstNonTextByte, finds_control_characters_and_malformed_bytes) {
  EXPECT_EQ(first_non_text_byte(std::string("ab\0c", 4)), 2U);
  EXPECT_EQ(first_non_text_byte("abc\x04"), 3U);
  EXPECT_EQ(first_non_text_byte("\u00b5\xff"), 2U);
}

TEST(Printable, spells_out_what_a_terminal_would_obey) {
  EXPECT_EQ(printable("a\x1b[31m\xff \u00b5"), "a\\x1b[31m\\xff \u00b5");
}

}  // namespace
}  // namespace ohmloop
