#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "ohmloop/accuracy/data/data_format_error.hpp"
#include "ohmloop/accuracy/data/images/image_testing.hpp"
#include "ohmloop/accuracy/data/sources/cifar_records.hpp"
#include "ohmloop/accuracy/data/sources/idx_files.hpp"
#include "ohmloop/accuracy/data/sources/labelled_arrays.hpp"

namespace ohmloop {
namespace {

using namespace data_testing;
using Floats = std::vector<float>;
using Labels = std::vector<std::int64_t>;

constexpr std::size_t enough = std::size_t{1} << 24;

ByteSource source_of(Bytes bytes, std::string name = "folder/test.bin") {
  return ByteSource::of_bytes(std::move(bytes), std::move(name));
}

/// What is wrong; empty if nothing is.
std::string fault(const std::function<void()>& action) {
  try {
    action();
  } catch (const DataFormatError& error) {
    return error.what();
  }
  return "";
}

Bytes pixels_of(const ImageSource& images, std::size_t index) { return std::get<Bytes>(images.image(index).pixels); }

// CIFAR

/// A record whose pixel (x, y) of colour c is x + y + 60 c.
Bytes cifar_record(const Bytes& labels) {
  Bytes record = labels;
  for (std::size_t c = 0; c < 3; ++c) {
    for (std::size_t i = 0; i < 1024; ++i) record.push_back(static_cast<std::uint8_t>(i % 32 + i / 32 + 60 * c));
  }
  return record;
}

TEST(CifarRecords, ColoursComeInPlanes) {
  const LabelledImages cifar = read_cifar_records({source_of(cifar_record({7}))}, CifarLabels::cifar10);
  EXPECT_EQ(cifar.labels, Labels{7});
  EXPECT_EQ(cifar.classes, 10);
  const Bytes pixels = pixels_of(*cifar.images, 0);
  for (std::size_t i = 0; i < 1024; ++i) {
    for (std::size_t c = 0; c < 3; ++c) EXPECT_EQ(pixels[i * 3 + c], i % 32 + i / 32 + 60 * c);
  }
}

TEST(CifarRecords, TheLabelsOfCifar100AreCoarseThenFine) {
  const ByteSource file = source_of(cifar_record({3, 77}));
  const LabelledImages fine = read_cifar_records({file}, CifarLabels::cifar100_fine);
  EXPECT_EQ(fine.labels, Labels{77});
  EXPECT_EQ(fine.classes, 100);
  const LabelledImages coarse = read_cifar_records({file}, CifarLabels::cifar100_coarse);
  EXPECT_EQ(coarse.labels, Labels{3});
  EXPECT_EQ(coarse.classes, 20);
  EXPECT_EQ(pixels_of(*coarse.images, 0), pixels_of(*fine.images, 0));
}

TEST(CifarRecords, SeveralFilesFollowEachOther) {
  Bytes two = cifar_record({1});
  append(two, cifar_record({2}));
  two.back() = 250;
  const LabelledImages cifar = read_cifar_records(
      {source_of(two, "a/one.bin"), source_of(cifar_record({3}), "a/two.bin")}, CifarLabels::cifar10);
  EXPECT_EQ(cifar.labels, (Labels{1, 2, 3}));
  EXPECT_EQ(cifar.images->size(), 3U);
  EXPECT_EQ(cifar.images->image_name(1), "one.bin[1]");
  EXPECT_EQ(cifar.images->image_name(2), "two.bin[0]");
  EXPECT_EQ(pixels_of(*cifar.images, 1).back(), 250);
  EXPECT_EQ(pixels_of(*cifar.images, 2).back(), 182);
}

TEST(CifarRecords, AFileHasWholeRecords) {
  const auto read = [](std::size_t bytes) {
    return fault([&] { read_cifar_records({source_of(Bytes(bytes))}, CifarLabels::cifar10); });
  };
  EXPECT_EQ(read(3072), "'folder/test.bin' has 3072 bytes, expected a multiple of 3073, the size of a record");
  EXPECT_NE(read(0), "");
  EXPECT_EQ(read(3073), "");
}

// IDX

RC_GTEST_PROP(IdxProperty, GivesBackWhatWasWritten, ()) {
  const auto count = *rc::gen::inRange<std::uint32_t>(0, 6);
  const auto height = *rc::gen::inRange<std::uint32_t>(1, 9);
  const auto width = *rc::gen::inRange<std::uint32_t>(1, 9);
  const Bytes pixels =
      *rc::gen::container<Bytes>(std::size_t{count} * height * width, rc::gen::arbitrary<std::uint8_t>());
  const Bytes labels = *rc::gen::container<Bytes>(count, rc::gen::arbitrary<std::uint8_t>());
  const bool gzip = *rc::gen::arbitrary<bool>();
  const auto file = [&](const Bytes& bytes) { return source_of(gzip ? compress(bytes, true) : bytes); };
  const LabelledImages read = combine_idx(read_idx(file(idx({count, height, width}, pixels)), enough),
                                          read_idx(file(idx({count}, labels)), enough), "images");
  RC_ASSERT(read.labels == Labels(labels.begin(), labels.end()));
  RC_ASSERT(read.images->size() == count);
  for (std::size_t i = 0; i < count; ++i) {
    const auto start = pixels.begin() + static_cast<std::ptrdiff_t>(i * height * width);
    RC_ASSERT(pixels_of(*read.images, i) == Bytes(start, start + height * width));
  }
}

TEST(IdxFile, SaysWhatIsWrong) {
  const auto read = [](const Bytes& bytes) { return fault([&] { read_idx(source_of(bytes), enough); }); };
  const auto compressed = [&](const Bytes& bytes) { return read(compress(bytes, true)); };
  EXPECT_EQ(read({}), "no IDX file, by its first bytes");
  EXPECT_EQ(read({1, 0, 8, 1, 0, 0, 0, 0}), "no IDX file, by its first bytes");
  EXPECT_EQ(read({0, 0, 13, 1, 0, 0, 0, 0}), "an IDX file of elements of type 0x0d; expected 0x08, unsigned bytes");
  EXPECT_EQ(read({0, 0, 8, 0}), "an IDX file of 0 axes");
  EXPECT_EQ(read({0, 0, 8, 2, 0, 0, 0, 1}), "its header is cut off");
  EXPECT_EQ(compressed({0, 0, 8, 2, 0, 0, 0, 1}), "its header is cut off");
  EXPECT_EQ(read(idx({2, 3}, Bytes(7))), "7 bytes behind the header, which says 6");
  EXPECT_EQ(read(idx({2, 3}, Bytes(5))), "its header claims more elements than the 5 that can be there");
  EXPECT_EQ(compressed(idx({2, 3}, Bytes(5))), "5 bytes behind the header, which says 6");
  EXPECT_EQ(compressed(idx({2, 3}, Bytes(7))), "more bytes behind the header than the 6 that it says");
  EXPECT_NE(compressed(idx({4000000000, 4000000000, 4000000000}, Bytes(7))), "");
  EXPECT_EQ(fault([] { read_idx(source_of(compress(idx({100}, Bytes(100)), true)), 99); }),
            "its header claims more elements than the 99 that can be there");
}

TEST(IdxFile, ImagesAndLabelsBelongTogether) {
  const auto combine = [](const std::vector<std::uint32_t>& images, const std::vector<std::uint32_t>& labels) {
    const auto array = [](const std::vector<std::uint32_t>& shape) {
      std::size_t size = 1;
      for (const std::uint32_t length : shape) size *= length;
      return read_idx(source_of(idx(shape, Bytes(size))), enough);
    };
    return fault([&] { combine_idx(array(images), array(labels), "images"); });
  };
  EXPECT_EQ(combine({2, 3, 4}, {2}), "");
  EXPECT_EQ(combine({2, 3, 4}, {3}), "2 images, but 3 labels");
  EXPECT_EQ(combine({2, 3}, {2}), "images with 2 axes; expected 3: number, height, width");
  EXPECT_EQ(combine({2, 3, 4}, {2, 1}), "labels with 2 axes; expected 1");
  EXPECT_EQ(combine({0, 3, 0}, {0}), "images of 0 x 3 pixels");
}

// numpy

TEST(ImageArray, BytesAndFloatsInEveryLayout) {
  const auto read = [](const std::string& type, const std::string& shape, const Bytes& elements,
                       std::optional<SampleLayout> layout = std::nullopt) {
    return read_image_array(source_of(npy(type, shape, elements)), layout, "x.npz:images");
  };
  const Bytes twelve = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11};
  const auto grey = read("|u1", "(2, 2, 3)", twelve);
  EXPECT_EQ(pixels_of(*grey, 1), (Bytes{6, 7, 8, 9, 10, 11}));
  EXPECT_EQ(grey->format().width, 3U);
  EXPECT_EQ(grey->format().channels, 1U);
  EXPECT_EQ(grey->image_name(1), "x.npz:images[1]");
  const auto pixels = read("|u1", "(1, 2, 2, 3)", twelve, SampleLayout::nhwc);
  EXPECT_EQ(pixels_of(*pixels, 0), twelve);
  const auto planes = read("|u1", "(1, 3, 2, 2)", twelve, SampleLayout::nchw);
  EXPECT_EQ(pixels_of(*planes, 0), (Bytes{0, 4, 8, 1, 5, 9, 2, 6, 10, 3, 7, 11}));
  const auto floats = read("<f4", "(2, 2, 1, 2)", elements_of(Floats{1, 2, 3, 4, 5, 6, 7, -0.5F}), SampleLayout::nchw);
  EXPECT_EQ(std::get<Floats>(floats->image(1).pixels), (Floats{5, 7, 6, -0.5F}));
  EXPECT_EQ(floats->format().element_bytes, 4U);
}

TEST(ImageArray, AValueThatIsNotFiniteDamagesItsImage) {
  const Floats values = {1, 2, 3, std::numeric_limits<float>::infinity(), std::nanf(""), 6};
  const auto images = read_image_array(source_of(npy("<f4", "(3, 1, 2)", elements_of(values))), {}, "x");
  EXPECT_NO_THROW(static_cast<void>(images->image(0)));
  EXPECT_EQ(fault([&] { static_cast<void>(images->image(1)); }), "element 1 is inf");
  EXPECT_EQ(fault([&] { static_cast<void>(images->image(2)); }), "element 0 is nan");
}

TEST(ImageArray, SaysWhatIsWrong) {
  const auto read = [](const Bytes& file, std::optional<SampleLayout> layout = std::nullopt) {
    return fault([&] { read_image_array(source_of(file), layout, "x"); });
  };
  EXPECT_EQ(read(npy("<f8", "(1, 1, 1)", Bytes(8))), "images of type '<f8'; expected uint8 or float32");
  EXPECT_EQ(read(npy(">f4", "(1, 1, 1)", Bytes(4))), "images of type '>f4'; expected uint8 or float32");
  EXPECT_EQ(read(npy("|u1", "(1, 2, 3)", Bytes(6), true)),
            "elements in Fortran's order; expected C order (numpy.ascontiguousarray)");
  EXPECT_EQ(read(npy("|u1", "(2, 3)", Bytes(6))), "images of shape (2, 3); expected 3 axes, or 4 with the channels");
  EXPECT_EQ(read(npy("|u1", "(1, 1, 2, 3)", Bytes(6))),
            "images of shape (1, 1, 2, 3) need 'layout', nchw or nhwc, to say which axis is that of the channels");
  EXPECT_EQ(read(npy("|u1", "(1, 5000, 1, 1)", Bytes(5000)), SampleLayout::nchw),
            "images of shape (1, 5000, 1, 1) are too large");
  EXPECT_EQ(read_image_array(source_of(npy("|u1", "(0, 2, 3)", {})), {}, "x")->size(), 0U);
}

template <class T>
Labels read_labels(const std::string& type, const std::vector<T>& values, const std::string& shape = {}) {
  const std::string length = shape.empty() ? fmt::format("({},)", values.size()) : shape;
  return read_label_array(source_of(npy(type, length, elements_of(values))));
}

RC_GTEST_PROP(LabelArrayProperty, GivesBackEveryTypeOfInteger, (const std::vector<std::int64_t>& values)) {
  const auto as = [&]<class T>(T, const std::string& type) {
    const std::vector<T> narrow(values.begin(), values.end());
    RC_ASSERT(read_labels(type, narrow) == Labels(narrow.begin(), narrow.end()));
  };
  as(std::int8_t{}, "|i1");
  as(std::uint8_t{}, "|u1");
  as(std::int16_t{}, "<i2");
  as(std::uint16_t{}, "<u2");
  as(std::int32_t{}, "<i4");
  as(std::uint32_t{}, "<u4");
  as(std::int64_t{}, "<i8");
  RC_ASSERT(read_labels("<i8", values, fmt::format("({}, 1)", values.size())) == values);
}

TEST(LabelArray, SaysWhatIsWrong) {
  EXPECT_EQ(fault([] { read_labels<float>("<f4", {1}); }),
            "labels of type '<f4'; expected integers, the lowest byte first");
  EXPECT_EQ(fault([] { read_labels<std::int32_t>(">i4", {1}); }),
            "labels of type '>i4'; expected integers, the lowest byte first");
  EXPECT_EQ(fault([] {
              read_labels<std::int32_t>("<i4", {1, 2}, "(1, 2)");
            }),
            "labels of shape (1, 2); expected one axis");
  // Beyond the range of a signed number it wraps to a negative label, which is no class.
  EXPECT_EQ(read_labels<std::uint64_t>("<u8", {~std::uint64_t{0}}), Labels{-1});
}

}  // namespace
}  // namespace ohmloop
