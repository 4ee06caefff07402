#include "ohmloop/accuracy/data/bytes/inflate.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "ohmloop/accuracy/data/data_format_error.hpp"
#include "ohmloop/accuracy/data/data_testing.hpp"

namespace ohmloop {
namespace {

using data_testing::Bytes;

ByteSource source_of(Bytes bytes) { return ByteSource::of_bytes(std::move(bytes), "test.gz"); }

Bytes inflated(const Bytes& compressed, bool gzip = true, std::size_t most = std::size_t{1} << 20) {
  return inflate_bytes(source_of(compressed), gzip ? Compression::gzip : Compression::deflate, most);
}

RC_GTEST_PROP(InflateProperty, GivesBackWhatWasCompressed, (const Bytes& bytes, bool gzip)) {
  RC_ASSERT(inflated(data_testing::compress(bytes, gzip), gzip) == bytes);
}

RC_GTEST_PROP(InflateProperty, StopsAtTheLimit, (const Bytes& bytes)) {
  const auto most = *rc::gen::inRange<std::size_t>(0, bytes.size() + 1);
  const Bytes start(bytes.begin(), bytes.begin() + static_cast<std::ptrdiff_t>(most));
  RC_ASSERT(inflated(data_testing::compress(bytes, true), true, most) == start);
}

TEST(Inflate, AFileOfManyBlocksIsWhole) {
  Bytes bytes(300'000);
  for (std::size_t i = 0; i < bytes.size(); ++i) bytes[i] = static_cast<std::uint8_t>(i * i >> 7U);
  EXPECT_EQ(inflated(data_testing::compress(bytes, true)), bytes);
}

TEST(Inflate, MembersOfAGzipFileFollowEachOther) {
  Bytes file = data_testing::compress({1, 2, 3}, true);
  data_testing::append(file, data_testing::compress({}, true));
  data_testing::append(file, data_testing::compress({4}, true));
  EXPECT_EQ(inflated(file), (Bytes{1, 2, 3, 4}));
}

TEST(Inflate, DamageIsFoundWhereverItIs) {
  Bytes bytes(200);
  for (std::size_t i = 0; i < bytes.size(); ++i) bytes[i] = static_cast<std::uint8_t>(i * i / 9 % 5);
  const Bytes whole = data_testing::compress(bytes, true);
  std::size_t unread = 0;
  for (std::size_t i = 0; i < whole.size(); ++i) {
    EXPECT_THROW(inflated(Bytes(whole.begin(), whole.begin() + static_cast<std::ptrdiff_t>(i))), DataFormatError) << i;
    // A changed bit is found unless nobody reads it, such as the time in the header and the padding behind the last
    // code.
    Bytes changed = whole;
    changed[i] ^= 0x40U;
    try {
      EXPECT_EQ(inflated(changed), bytes) << i;
      ++unread;
    } catch (const DataFormatError&) {
    }
  }
  EXPECT_LE(unread, 8U);
  Bytes longer = whole;
  longer.push_back(0);
  EXPECT_THROW(inflated(longer), DataFormatError);
  Bytes deflated = data_testing::compress(bytes, false);
  deflated.push_back(0);
  EXPECT_THROW(inflated(deflated, false), DataFormatError);
}

TEST(Inflate, AGzipFileIsKnownByItsFirstBytes) {
  EXPECT_TRUE(is_gzip(source_of({0x1f, 0x8b})));
  EXPECT_FALSE(is_gzip(source_of({0x1f})));
  EXPECT_FALSE(is_gzip(source_of({0, 0, 8, 1})));
}

}  // namespace
}  // namespace ohmloop
