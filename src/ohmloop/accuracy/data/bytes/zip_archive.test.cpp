#include "ohmloop/accuracy/data/bytes/zip_archive.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "ohmloop/accuracy/data/data_format_error.hpp"
#include "ohmloop/accuracy/data/data_testing.hpp"

namespace ohmloop {
namespace {

using data_testing::Bytes;
using data_testing::ZipEntry;

constexpr std::size_t enough = std::size_t{1} << 20;

ByteSource source_of(Bytes bytes) { return ByteSource::of_bytes(std::move(bytes), "test.zip"); }

Bytes contents(const ZipArchive& archive, const std::string& name, std::size_t most = enough) {
  return archive.open(*archive.find(name), most).read_all();
}

/// What is wrong when all members are read; empty if nothing is.
std::string fault(const Bytes& file, std::size_t most = enough) {
  try {
    const ZipArchive archive(source_of(file));
    for (const ZipMember& member : archive.members()) static_cast<void>(archive.open(member, most).read_all());
  } catch (const DataFormatError& error) {
    return error.what();
  }
  return "";
}

RC_GTEST_PROP(ZipProperty, GivesBackEveryMember, (const std::vector<std::pair<Bytes, std::pair<bool, bool>>>& files)) {
  std::vector<ZipEntry> entries;
  for (const auto& [bytes, form] : files) {
    entries.push_back({"member " + std::to_string(entries.size()), bytes, form.first, form.second});
  }
  const ZipArchive archive(source_of(data_testing::zip(entries)));
  RC_ASSERT(archive.members().size() == entries.size());
  for (const ZipEntry& entry : entries) RC_ASSERT(contents(archive, entry.name) == entry.contents);
}

TEST(Zip, AFileWithAComment) {
  Bytes file = data_testing::zip({{"a", {1, 2}}});
  file[file.size() - 2] = 5;
  data_testing::append(file, data_testing::bytes_of("hello"));
  EXPECT_EQ(contents(ZipArchive(source_of(file)), "a"), (Bytes{1, 2}));
}

TEST(Zip, The64BitEndRecord) {
  Bytes file = data_testing::zip({{"a", {1, 2}}, {"b", {3}}});
  const std::size_t end = file.size() - 22;
  const Bytes count_size_offset(file.begin() + static_cast<std::ptrdiff_t>(end) + 8, file.end() - 2);
  Bytes tail;
  const auto add = [&](std::uint64_t value, std::size_t size) {
    data_testing::append(tail, data_testing::little(value, size));
  };
  add(0x06064b50, 4), add(44, 8), add(45, 2), add(45, 2), add(0, 8), add(2, 8), add(2, 8);
  add(count_size_offset[4], 8), add(count_size_offset[8], 8);
  add(0x07064b50, 4), add(0, 4), add(end, 8), add(1, 4);
  add(0x06054b50, 4), add(0, 4), add(0xffff, 2), add(0xffff, 2), add(0xffffffff, 4), add(0xffffffff, 4), add(0, 2);
  file.resize(end);
  data_testing::append(file, tail);
  EXPECT_EQ(contents(ZipArchive(source_of(file)), "b"), (Bytes{3}));
}

TEST(Zip, AMemberThatIsNotThereIsNull) {
  EXPECT_EQ(ZipArchive(source_of(data_testing::zip({{"a", {}}}))).find("b"), nullptr);
}

TEST(Zip, ADeflatedMemberMayBeTooLargeToHold) {
  const Bytes zeros(1000, 0);
  EXPECT_EQ(fault(data_testing::zip({{"a", zeros, true}}), 999),
            "'a' in it has 1000 bytes, more than the 999 that may be held in memory; stored without compression, it is "
            "read in pieces");
  EXPECT_EQ(fault(data_testing::zip({{"a", zeros, true}}), 1000), "");
  EXPECT_EQ(fault(data_testing::zip({{"a", zeros, false}}), 999), "");
}

TEST(Zip, AMemberCannotBeLargerThanDeflateMakesIt) {
  Bytes file = data_testing::zip({{"a", {1}, true}});
  const std::size_t directory = file.size() - 22 - 47;
  file[directory + 24 + 2] = 1;
  EXPECT_EQ(fault(file), "'a' in it is damaged: it cannot be as large as it claims");
}

TEST(Zip, RefusesOtherMethodsAndEncryption) {
  const Bytes whole = data_testing::zip({{"a", {1}}});
  const std::size_t directory = whole.size() - 22 - 47;
  Bytes encrypted = whole;
  encrypted[directory + 8] = 1;
  EXPECT_EQ(fault(encrypted), "not a zip file that can be read: 'a' in it is encrypted");
  Bytes other = whole;
  other[directory + 10] = 12;
  EXPECT_EQ(fault(other),
            "not a zip file that can be read: 'a' in it is compressed by method 12, expected none or deflate");
}

TEST(Zip, DamageIsFoundWhereverItIs) {
  const Bytes whole = data_testing::zip({{"name", {1, 2, 3, 4, 5, 6}, false}, {"b", Bytes(50, 7), true}});
  ASSERT_EQ(fault(whole), "");
  for (std::size_t size = 0; size < whole.size(); ++size) {
    EXPECT_NE(fault(Bytes(whole.begin(), whole.begin() + static_cast<std::ptrdiff_t>(size))), "") << size;
  }
  // Contents and checksums: bytes of the members themselves.
  for (const std::size_t at : {34U, 35U, 39U, 40U + 31U + 1U}) {
    Bytes changed = whole;
    changed[at] ^= 0x20U;
    EXPECT_NE(fault(changed), "") << at;
  }
}

}  // namespace
}  // namespace ohmloop
