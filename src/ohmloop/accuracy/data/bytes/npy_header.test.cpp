#include "ohmloop/accuracy/data/bytes/npy_header.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "ohmloop/accuracy/data/data_format_error.hpp"
#include "ohmloop/accuracy/data/data_testing.hpp"

namespace ohmloop {
namespace {

using data_testing::Bytes;
using Shape = std::vector<std::size_t>;

NpyHeader read(Bytes bytes) { return read_npy_header(ByteSource::of_bytes(std::move(bytes), "test.npy")); }

std::string fault(Bytes bytes) {
  try {
    read(std::move(bytes));
  } catch (const DataFormatError& error) {
    return error.what();
  }
  return "";
}

/// A file with this header text, without elements.
Bytes with_header(const std::string& text, std::uint8_t version = 1) {
  Bytes file = data_testing::bytes_of("\x93NUMPY");
  data_testing::append(file, {version, 0});
  data_testing::append(file, data_testing::little(text.size(), version == 1 ? 2 : 4));
  data_testing::append(file, data_testing::bytes_of(text));
  return file;
}

const std::string refusal = "not a NPY array that can be read: ";

TEST(NpyHeader, IsReadAsNumpyWritesIt) {
  const NpyHeader header = read(data_testing::npy("<f4", "(2, 3)", Bytes(24)));
  EXPECT_EQ(header.type, "<f4");
  EXPECT_EQ(header.element_bytes, 4U);
  EXPECT_EQ(header.shape, (Shape{2, 3}));
  EXPECT_FALSE(header.column_major);
  EXPECT_EQ(header.data_offset, 128U);
  EXPECT_EQ(header.elements(), 6U);
  EXPECT_TRUE(read(data_testing::npy("|u1", "(2, 3)", Bytes(6), true)).column_major);
  EXPECT_EQ(read(data_testing::npy("|u1", "(5,)", Bytes(5))).shape, (Shape{5}));
  EXPECT_EQ(read(data_testing::npy("<i8", "()", Bytes(8))).shape, Shape{});
  EXPECT_EQ(read(data_testing::npy("<i8", "(0, 4294967295, 4294967295)", {})).elements(), 0U);
}

TEST(NpyHeader, LaterVersionsHaveALongerLength) {
  const std::string text = "{\"descr\": \"|u1\", 'shape': (0,), 'fortran_order': False}\n";
  for (const std::uint8_t version : {std::uint8_t{2}, std::uint8_t{3}})
    EXPECT_EQ(read(with_header(text, version)).type, "|u1");
  EXPECT_EQ(fault(with_header(text, 4)), refusal + "version 4 of the format is not known");
}

TEST(NpyHeader, SaysWhatIsWrong) {
  EXPECT_EQ(fault({}), refusal + "it is too short");
  EXPECT_EQ(fault(Bytes(100)), refusal + "it does not begin as one");
  EXPECT_EQ(fault(with_header("{'descr': '<f4'}")), refusal + "its header does not say type, order and shape");
  EXPECT_EQ(fault(with_header("{'descr': [('a', '<f4')]}")),
            refusal + "its header has something else where a text is expected");
  EXPECT_EQ(fault(with_header("{'descr': '<f4")), refusal + "a text in its header does not end");
  EXPECT_EQ(fault(with_header("{'descr' '<f4'}")), refusal + "its header lacks a ':'");
  EXPECT_EQ(fault(with_header("{'descr': '<f4' 'shape'}")), refusal + "its header lacks a '}'");
  EXPECT_EQ(fault(with_header("{'shape': (1 2)}")), refusal + "its header lacks a ')'");
  EXPECT_EQ(fault(with_header("{'size': 3}")), refusal + "its header has the unknown key 'size'");
  EXPECT_EQ(fault(with_header("{'fortran_order': 0}")),
            refusal + "its header does not say True or False for 'fortran_order'");
  for (const char* shape : {"(-1,)", "(4294967296,)", "(99999999999999999999,)", "(x,)"}) {
    EXPECT_EQ(fault(with_header(fmt::format("{{'shape': {}}}", shape))),
              refusal + "its header has a shape that is not made of numbers below 2^32");
  }
  Bytes cut = data_testing::npy("<f4", "(2, 3)", {});
  cut.resize(60);
  EXPECT_EQ(fault(cut), refusal + "its header is cut off");
}

TEST(NpyHeader, TheElementsFillTheFile) {
  EXPECT_EQ(fault(data_testing::npy("<f4", "(2, 3)", Bytes(23))),
            refusal + "its shape does not fit the 23 bytes behind the header");
  EXPECT_NE(fault(data_testing::npy("<f4", "(2, 3)", Bytes(28))), "");
  // 2^32 - 1 to the fourth is far beyond 64 bits.
  EXPECT_NE(fault(data_testing::npy("<f4", "(4294967295, 4294967295, 4294967295, 4294967295)", Bytes(4))), "");
}

TEST(NpyHeader, OtherTypesHaveNoSize) {
  for (const char* type : {"|O", "<U8", "<c8", "|b1", "<f16", "<i3"}) {
    EXPECT_EQ(read(data_testing::npy(type, "(2,)", Bytes(99))).element_bytes, 0U) << type;
  }
}

RC_GTEST_PROP(NpyHeaderProperty, AnyTextIsReadOrRefused, (const std::string& text)) {
  static_cast<void>(fault(with_header(text)));
}

}  // namespace
}  // namespace ohmloop
