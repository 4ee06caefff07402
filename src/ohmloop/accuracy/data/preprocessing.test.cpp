#include "ohmloop/accuracy/data/preprocessing.hpp"

#include <algorithm>
#include <cmath>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "ohmloop/accuracy/data/arrange_image.hpp"
#include "ohmloop/accuracy/data/data_format_error.hpp"
#include "ohmloop/accuracy/data/data_testing.hpp"

namespace ohmloop {
namespace {

using data_testing::Bytes;
using data_testing::formula_image;
using Floats = std::vector<float>;
using Dims = std::vector<std::int64_t>;

constexpr ImageFormat colours_of_any_size{.width = {}, .height = {}, .channels = 3};

ImageFormat format_of(std::size_t width, std::size_t height, std::size_t channels) {
  return {.width = width, .height = height, .channels = channels};
}

std::optional<Preprocessing> compiled(std::vector<PreprocessingOperation> operations, const ImageFormat& format,
                                      Diagnostics& diagnostics, SampleLayout layout = SampleLayout::nchw) {
  std::vector<PreprocessingStep> steps;
  for (PreprocessingOperation& operation : operations) steps.push_back({std::move(operation), {}});
  return Preprocessing::compile(steps, format, layout, {}, diagnostics);
}

Preprocessing compile(std::vector<PreprocessingOperation> operations, const ImageFormat& format,
                      SampleLayout layout = SampleLayout::nchw) {
  Diagnostics diagnostics;
  auto result = compiled(std::move(operations), format, diagnostics, layout);
  diagnostics.throw_if_errors();
  return *result;
}

std::string complaint(std::vector<PreprocessingOperation> operations, const ImageFormat& format) {
  Diagnostics diagnostics;
  EXPECT_EQ(compiled(std::move(operations), format, diagnostics), std::nullopt);
  std::string text;
  for (const Diagnostic& each : diagnostics.all()) text += each.message + "; " + each.label + "\n";
  return text;
}

Floats sample_of(const Preprocessing& preprocessing, const Image& image) {
  Floats sample(preprocessing.sample_size(), -1);
  preprocessing.write_sample(preprocessing.arranged(image), sample);
  return sample;
}

ArithmeticStep step(PixelArithmetic operation, Floats constants) { return {operation, std::move(constants)}; }

CropStep crop(std::size_t side) { return {side, side}; }

ResizeStep resize_to(std::size_t width, std::size_t height) {
  return {.shorter = {}, .width = width, .height = height, .options = {}};
}

ResizeStep resize_shorter(std::size_t side) { return {.shorter = side, .width = {}, .height = {}, .options = {}}; }

// Every 8-bit value in every channel, against the same operations written out in float32.
TEST(Preprocessing, ArithmeticIsThatOfFloat32) {
  const Floats mean = {0.485F, 0.456F, 0.406F};
  const Floats deviation = {0.229F, 0.224F, 0.225F};
  Image image = make_image<std::uint8_t>(256, 1, 3);
  for (std::size_t i = 0; i < image.size(); ++i) std::get<Bytes>(image.pixels)[i] = static_cast<std::uint8_t>(i / 3);

  const Floats normalised =
      sample_of(compile({step(PixelArithmetic::divide, {255}), step(PixelArithmetic::subtract, mean),
                         step(PixelArithmetic::divide, deviation)},
                        format_of(256, 1, 3)),
                image);
  const Floats centred =
      sample_of(compile({step(PixelArithmetic::multiply, {1.0F / 127.5F}), step(PixelArithmetic::add, {-1})},
                        format_of(256, 1, 3)),
                image);
  const Floats raw = sample_of(compile({}, format_of(256, 1, 3)), image);
  for (std::size_t c = 0; c < 3; ++c) {
    for (std::size_t value = 0; value < 256; ++value) {
      const auto exact = static_cast<float>(value);
      EXPECT_EQ(normalised[c * 256 + value], (exact / 255.0F - mean[c]) / deviation[c]);
      EXPECT_EQ(centred[c * 256 + value], exact * (1.0F / 127.5F) + -1.0F);
      EXPECT_EQ(raw[c * 256 + value], exact);
    }
  }
}

TEST(Preprocessing, LayoutsHoldTheSameElements) {
  const Image image = formula_image(4, 3, 3);
  const auto planes = compile({}, format_of(4, 3, 3));
  const auto pixels = compile({}, format_of(4, 3, 3), SampleLayout::nhwc);
  EXPECT_EQ(planes.sample_dims(), (Dims{3, 3, 4}));
  EXPECT_EQ(pixels.sample_dims(), (Dims{3, 4, 3}));
  const Floats by_plane = sample_of(planes, image);
  const Floats by_pixel = sample_of(pixels, image);
  for (std::size_t c = 0; c < 3; ++c) {
    for (std::size_t i = 0; i < 12; ++i) {
      EXPECT_EQ(by_plane[c * 12 + i], by_pixel[i * 3 + c]);
      EXPECT_EQ(by_pixel[i * 3 + c], std::get<Bytes>(image.pixels)[i * 3 + c]);
    }
  }
}

TEST(Preprocessing, TheOrderOfStepsCounts) {
  const Image image = formula_image(8, 8, 3);
  const auto first_crop = compile({crop(4), resize_to(6, 6)}, format_of(8, 8, 3));
  const auto first_resize = compile({resize_to(6, 6), crop(4)}, format_of(8, 8, 3));
  EXPECT_EQ(first_crop.sample_dims(), (Dims{3, 6, 6}));
  EXPECT_EQ(first_resize.sample_dims(), (Dims{3, 4, 4}));
  const Floats a = sample_of(
      compile({step(PixelArithmetic::add, {1}), step(PixelArithmetic::multiply, {2})}, format_of(8, 8, 3)), image);
  const Floats b = sample_of(
      compile({step(PixelArithmetic::multiply, {2}), step(PixelArithmetic::add, {1})}, format_of(8, 8, 3)), image);
  for (std::size_t i = 0; i < a.size(); ++i) EXPECT_EQ(a[i], b[i] + 1);
}

TEST(Preprocessing, ArithmeticBeforeAResizeWorksOnFloats) {
  const Image image{.width = 2, .height = 1, .channels = 1, .pixels = Bytes{0, 1}};
  const auto rounds = compile({resize_to(1, 1)}, format_of(2, 1, 1));
  const auto exact = compile({step(PixelArithmetic::multiply, {1}), resize_to(1, 1)}, format_of(2, 1, 1));
  EXPECT_EQ(sample_of(rounds, image), Floats{1});
  EXPECT_EQ(sample_of(exact, image), Floats{0.5F});
  EXPECT_EQ(rounds.arranged_bytes(), 1U);
  EXPECT_EQ(exact.arranged_bytes(), 4U);
}

TEST(Preprocessing, ImagesOfFloatsAreCalculatedAlike) {
  Image image{.width = 2, .height = 1, .channels = 2, .pixels = Floats{1, 2, 3, 4}};
  const auto preprocessing = compile({step(PixelArithmetic::divide, {2, 4})}, format_of(2, 1, 2));
  EXPECT_EQ(sample_of(preprocessing, image), (Floats{0.5F, 1.5F, 0.5F, 1.0F}));
  EXPECT_TRUE(preprocessing.keeps_images());
  EXPECT_FALSE(compile({crop(1)}, format_of(2, 1, 2)).keeps_images());
}

TEST(Preprocessing, ChannelsAreReorderedFromWhatTheyWere) {
  const Image image{.width = 1, .height = 1, .channels = 3, .pixels = Bytes{10, 20, 30}};
  const auto with = [&](std::vector<ChannelOrder> orders) {
    std::vector<PreprocessingOperation> steps;
    for (const ChannelOrder order : orders) steps.emplace_back(ChannelsStep{order});
    return sample_of(compile(steps, format_of(1, 1, 3)), image);
  };
  using enum ChannelOrder;
  EXPECT_EQ(with({rgb}), (Floats{10, 20, 30}));
  EXPECT_EQ(with({bgr}), (Floats{30, 20, 10}));
  EXPECT_EQ(with({bgr, bgr}), (Floats{30, 20, 10}));
  EXPECT_EQ(with({bgr, rgb}), (Floats{10, 20, 30}));
  EXPECT_EQ(with({grey}), with({bgr, grey}));
  EXPECT_EQ(with({grey, bgr}), (Floats{18, 18, 18}));
  EXPECT_EQ(compile({ChannelsStep{grey}}, format_of(5, 4, 3)).sample_dims(), (Dims{1, 4, 5}));
}

// Pillow 12.0.0: numpy.asarray(Image.fromarray(image).convert("L")) for the formula of data_testing.hpp, and the hash
// of it for all colours in steps of 5, as numpy.meshgrid(..., indexing="ij") lists them.
TEST(ConvertChannels, GreyIsPillows) {
  const Image grey = convert_channels(ChannelOrder::rgb, ChannelOrder::grey, formula_image(5, 4, 3));
  EXPECT_EQ(std::get<Bytes>(grey.pixels),
            (Bytes{73, 80, 101, 136, 155, 86, 98, 124, 134, 188, 125, 142, 143, 188, 97, 160, 182, 68, 118, 106}));
  Bytes all;
  for (int red = 0; red < 256; red += 5) {
    for (int green = 0; green < 256; green += 5) {
      for (int blue = 0; blue < 256; blue += 5) {
        for (const int value : {red, green, blue}) all.push_back(static_cast<std::uint8_t>(value));
      }
    }
  }
  const Image colours{.width = all.size() / 3, .height = 1, .channels = 3, .pixels = all};
  EXPECT_EQ(
      data_testing::hash_of(std::get<Bytes>(convert_channels(ChannelOrder::rgb, ChannelOrder::grey, colours).pixels)),
      "b3226cf294959434d36b7d8a379876d4ce7253e41a1bed8511578ccc609b3e1b");
}

// Python's round((size - wanted) / 2), as torchvision.transforms.CenterCrop computes it.
TEST(ApplyCrop, TakesTheMiddle) {
  const auto start = [](std::size_t size, std::size_t wanted) {
    Image row{.width = size, .height = 1, .channels = 1, .pixels = Bytes(size)};
    for (std::size_t i = 0; i < size; ++i) std::get<Bytes>(row.pixels)[i] = static_cast<std::uint8_t>(i);
    return int{std::get<Bytes>(apply_crop({wanted, 1}, row).pixels).front()};
  };
  EXPECT_EQ(start(256, 224), 16);
  EXPECT_EQ(start(5, 4), 0);
  EXPECT_EQ(start(7, 4), 2);
  EXPECT_EQ(start(9, 4), 2);
  EXPECT_EQ(start(11, 4), 4);
  EXPECT_EQ(start(5, 5), 0);
  for (std::size_t size = 1; size <= 64; ++size) {
    for (std::size_t wanted = 1; wanted <= size; ++wanted) {
      EXPECT_EQ(start(size, wanted), static_cast<int>(std::nearbyint(static_cast<double>(size - wanted) / 2)));
    }
  }
}

TEST(ApplyCrop, TooSmallAnImageIsAFault) {
  const auto preprocessing = compile({crop(5)}, colours_of_any_size);
  try {
    static_cast<void>(preprocessing.arranged(formula_image(9, 4, 3)));
    FAIL() << "the image is too small";
  } catch (const DataFormatError& error) {
    EXPECT_STREQ(error.what(), "an image of 9 x 4 pixels is too small for a crop of 5 x 5");
  }
}

TEST(ApplyResize, TheLongerSideKeepsTheProportion) {
  using Size = std::pair<std::size_t, std::size_t>;
  EXPECT_EQ(size_with_shorter_side(500, 375, 256), (Size{341, 256}));
  EXPECT_EQ(size_with_shorter_side(375, 500, 256), (Size{256, 341}));
  EXPECT_EQ(size_with_shorter_side(299, 299, 256), (Size{256, 256}));
  const Image resized = apply_resize(resize_shorter(6), formula_image(10, 4, 3));
  EXPECT_EQ(resized.width, 15U);
  EXPECT_EQ(resized.height, 6U);
}

TEST(ApplyResize, AnImageCannotGrowWithoutBounds) {
  const Image sliver{.width = 1, .height = 60'000, .channels = 1, .pixels = Bytes(60'000)};
  EXPECT_THROW(apply_resize(resize_shorter(256), sliver), DataFormatError);
  EXPECT_THROW(apply_resize(resize_to(8192, 8), sliver), DataFormatError);
}

TEST(Preprocessing, ReportsWhatCannotFollow) {
  EXPECT_EQ(complaint({}, colours_of_any_size),
            "the images have sizes of their own, which no step makes one; expected a crop, or a resize to width and "
            "height\n");
  EXPECT_NE(complaint({resize_shorter(8)}, colours_of_any_size), "");
  EXPECT_EQ(complaint({crop(29)}, format_of(28, 40, 1)),
            "a crop of 29 x 29 needs larger images; here they have 28 x 40 pixels\n");
  EXPECT_EQ(complaint({step(PixelArithmetic::subtract, {1, 2, 3})}, format_of(8, 8, 1)),
            "'subtract' has 3 constants for images of 1 channel; expected one for all or one for each\n");
  EXPECT_EQ(complaint({ChannelsStep{ChannelOrder::rgb}}, format_of(8, 8, 4)),
            "images of 4 channels have no order of colours that 'channels' could change; \n");
  const std::string both = complaint({crop(9), step(PixelArithmetic::add, {1, 2})}, format_of(8, 8, 3));
  EXPECT_EQ(std::count(both.begin(), both.end(), '\n'), 2);
}

TEST(Preprocessing, IsDescribedInWords) {
  EXPECT_EQ(to_string(std::vector<PreprocessingStep>{}), "none");
  const ResizeStep plain{.shorter = 256, .width = {}, .height = {}, .options = {ResizeFilter::bicubic, false}};
  EXPECT_EQ(to_string(std::vector<PreprocessingStep>{{plain, {}},
                                                     {crop(224), {}},
                                                     {ChannelsStep{ChannelOrder::bgr}, {}},
                                                     {step(PixelArithmetic::divide, {255}), {}}}),
            "resize the shorter side to 256 (bicubic without antialiasing), crop the middle 224 x 224, channels bgr, "
            "divide 255");
}

RC_GTEST_PROP(PreprocessingProperty, SamplesAreWhatTheStepsGiveOneByOne, ()) {
  const Image image = formula_image(*rc::gen::inRange<std::size_t>(6, 20), *rc::gen::inRange<std::size_t>(6, 20), 3);
  const ResizeStep resize_step =
      resize_to(*rc::gen::inRange<std::size_t>(4, 12), *rc::gen::inRange<std::size_t>(4, 12));
  const ArithmeticStep halve = step(PixelArithmetic::multiply, {0.5F, 0.25F, 2});
  const bool halve_first = *rc::gen::arbitrary<bool>();
  std::vector<PreprocessingOperation> steps = {resize_step, crop(3), halve};
  if (halve_first) std::rotate(steps.begin(), steps.end() - 1, steps.end());
  const Floats sample = sample_of(compile(steps, colours_of_any_size, SampleLayout::nhwc), image);
  const Image wanted = halve_first ? apply_crop(crop(3), apply_resize(resize_step, apply_arithmetic(halve, image)))
                                   : apply_arithmetic(halve, apply_crop(crop(3), apply_resize(resize_step, image)));
  RC_ASSERT(sample == std::get<Floats>(wanted.pixels));
}

}  // namespace
}  // namespace ohmloop
