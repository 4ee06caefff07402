#include "ohmloop/accuracy/data/images/resize.hpp"

#include <algorithm>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "ohmloop/accuracy/data/data_testing.hpp"

namespace ohmloop {
namespace {

using data_testing::Bytes;
using data_testing::formula_image;
using Floats = std::vector<float>;

constexpr auto nearest = ResizeFilter::nearest;
constexpr auto bilinear = ResizeFilter::bilinear;
constexpr auto bicubic = ResizeFilter::bicubic;

Bytes resized_bytes(const Image& image, std::size_t width, std::size_t height, const ResizeOptions& options = {}) {
  return std::get<Bytes>(resize(image, width, height, options).pixels);
}

Image grey_row(const Bytes& pixels) { return {.width = pixels.size(), .height = 1, .channels = 1, .pixels = pixels}; }

// Expected values of the next four tests are those of Pillow 12.0.0:
//   numpy.asarray(Image.fromarray(image).resize((width, height), Image.BILINEAR))
// with the formula of data_testing.hpp for the image; where they are hashed, hashlib.sha256(array.tobytes()).

TEST(Resize, GivesPillowsValuesForASmallImage) {
  Image image = formula_image(5, 4, 1);
  EXPECT_EQ(resized_bytes(image, 3, 2, {nearest}), (Bytes{13, 51, 145, 117, 175, 33}));
  EXPECT_EQ(resized_bytes(image, 3, 2, {bilinear}), (Bytes{17, 51, 117, 82, 128, 143}));
  EXPECT_EQ(resized_bytes(image, 3, 2, {bicubic}), (Bytes{10, 42, 118, 84, 137, 148}));
  EXPECT_EQ(resized_bytes(image, 7, 3, {nearest}),
            (Bytes{0, 7, 7, 28, 63, 63, 112, 52, 69, 69, 100, 145, 145, 204, 117, 139, 139, 175, 225, 225, 33}));
  EXPECT_EQ(resized_bytes(image, 7, 3, {bilinear}),
            (Bytes{4, 9, 19, 35, 61, 93, 122, 33, 41, 55, 76, 106, 142, 175, 98, 110, 128, 153, 187, 151, 84}));
  EXPECT_EQ(resized_bytes(image, 7, 3, {bicubic}),
            (Bytes{1, 4, 14, 31, 55, 91, 120, 30, 37, 52, 74, 102, 148, 185, 102, 113, 133, 159, 207, 155, 71}));
}

TEST(Resize, GivesPillowsValuesForFloats) {
  const Bytes bytes = std::get<Bytes>(formula_image(5, 4, 1).pixels);
  Floats pixels;
  for (const std::uint8_t byte : bytes) pixels.push_back((static_cast<float>(byte) - 100.0F) / 7.0F);
  const Image image{.width = 5, .height = 4, .channels = 1, .pixels = pixels};
  const auto resized = [&](ResizeFilter filter) { return std::get<Floats>(resize(image, 3, 2, {filter}).pixels); };
  EXPECT_EQ(resized(nearest),
            (Floats{-0x1.8db6dcp+3F, -0x1.c0p+2F, 0x1.9b6db6p+2F, 0x1.36db6ep+1F, 0x1.56db6ep+3F, -0x1.324924p+3F}));
  EXPECT_EQ(resized(bilinear),
            (Floats{-0x1.7900cp+3F, -0x1.bdad92p+2F, 0x1.326106p+1F, -0x1.45c8c6p+1F, 0x1.02526ep+2F, 0x1.8cdfe8p+2F}));
  EXPECT_EQ(resized(bicubic), (Floats{-0x1.9b20cap+3F, -0x1.05d55ep+3F, 0x1.3f8d6cp+1F, -0x1.1ae818p+1F, 0x1.51c442p+2F,
                                      0x1.b4f4dcp+2F}));
}

struct HashedCase {
  std::size_t width, height, new_width, new_height;
  ResizeFilter filter;
  const char* hash;
};

class PillowHash : public testing::TestWithParam<HashedCase> {};

TEST_P(PillowHash, IsThatOfTheResizedImage) {
  const HashedCase& each = GetParam();
  const Image image = formula_image(each.width, each.height, 3);
  EXPECT_EQ(data_testing::hash_of(resized_bytes(image, each.new_width, each.new_height, {each.filter})), each.hash);
}

INSTANTIATE_TEST_SUITE_P(
    Sizes, PillowHash,
    testing::Values(
        HashedCase{299, 299, 256, 256, nearest, "b54a0b3aeae69f55b5df26d27b5b97d352244e495c00725453be5b08d3c66d85"},
        HashedCase{299, 299, 256, 256, bilinear, "ffc8f4af6585e8a0406a3e26d258a079854874ef3a390e215afed1826c2f13ba"},
        HashedCase{299, 299, 256, 256, bicubic, "53444c027e74b5c265a467d216a6093d49c5af797c9a765a42482ac3195af1f8"},
        HashedCase{224, 224, 128, 128, nearest, "cd3eff2eac66b977f2eaa008a089dff6f7dc3c4075d9a722c57d2186cdf87ff0"},
        HashedCase{224, 224, 128, 128, bilinear, "c578e5288213c2eb844a3353dabd169f43f1e1463c7e7882d0365f935b187c32"},
        HashedCase{224, 224, 128, 128, bicubic, "deed3f0e328011cea8376a1c24f9f864229389a3baae7d5c919a8b7319138b5e"},
        HashedCase{33, 47, 100, 20, nearest, "a7bac59849f4518b397c4b14dc4cc2bcfb1d25b73bd0b31450741fadcbab3ad1"},
        HashedCase{33, 47, 100, 20, bilinear, "379945cc87810abfd2e9587fbd6799724369cb4df18988309ee0794de127d05f"},
        HashedCase{33, 47, 100, 20, bicubic, "04b32815d7409cf823fc44a85fb5735b739599b3c780916666b1464463d1ade3"},
        HashedCase{64, 48, 63, 49, nearest, "36f81bd835a8ebd1ec54fd29628f38714ecfab4fc6fdbcaeb9722b50b7d9389e"},
        HashedCase{64, 48, 63, 49, bilinear, "b159462913eca44d15431177ff0a8d156c41c8c2de760410432d16cb26babbf1"},
        HashedCase{64, 48, 63, 49, bicubic, "67354d390c92cf5ba4fb07e980911195a305e0790e1d38c79f89c811bb3c3720"}));

// By hand: without antialiasing only the two nearest pixels count, by their distance.
TEST(Resize, WithoutAntialiasingOnlyTheNeighboursCount) {
  const ResizeOptions plain{bilinear, false};
  EXPECT_EQ(resized_bytes(grey_row({10, 20, 30, 40}), 2, 1, plain), (Bytes{15, 35}));
  EXPECT_EQ(resized_bytes(grey_row({0, 90, 0, 0, 50, 0}), 2, 1, plain), (Bytes{90, 50}));
  // Centres at 1.25 and 3.75, between the centres 0.5 1.5 and 3.5 4.5.
  EXPECT_EQ(resized_bytes(grey_row({0, 100, 0, 200, 0}), 2, 1, plain), (Bytes{75, 150}));
  EXPECT_NE(resized_bytes(grey_row({0, 100, 0, 200, 0}), 2, 1), (Bytes{75, 150}));
  // Keys' weights at distances 0.5 and 1.5 are 9/16 and -1/16.
  EXPECT_EQ(resized_bytes(grey_row({16, 32, 64, 16, 160, 0, 80, 240}), 4, 1, {bicubic, false})[1],
            (9 * 64 + 9 * 16 - 32 - 160) / 16);
}

TEST(Resize, HalvesAreRoundedUpwards) {
  EXPECT_EQ(resized_bytes(grey_row({0, 1}), 1, 1), (Bytes{1}));
  EXPECT_EQ(resized_bytes(grey_row({1, 2, 4, 5}), 2, 1, {bilinear, false}), (Bytes{2, 5}));
}

Image arbitrary_image(std::size_t largest_side) {
  Image image{.width = *rc::gen::inRange<std::size_t>(1, largest_side),
              .height = *rc::gen::inRange<std::size_t>(1, largest_side),
              .channels = *rc::gen::element<std::size_t>(1, 3),
              .pixels = {}};
  image.pixels = *rc::gen::container<Bytes>(image.size(), rc::gen::arbitrary<std::uint8_t>());
  return image;
}

ResizeOptions arbitrary_options() {
  return {*rc::gen::element(nearest, bilinear, bicubic), *rc::gen::arbitrary<bool>()};
}

std::size_t arbitrary_side() { return *rc::gen::inRange<std::size_t>(1, 40); }

RC_GTEST_PROP(ResizeProperty, AnImageOfOneColourKeepsIt, ()) {
  Image image = arbitrary_image(30);
  auto& pixels = std::get<Bytes>(image.pixels);
  for (std::size_t i = 0; i < pixels.size(); ++i) pixels[i] = pixels[i % image.channels];
  const Bytes resized = resized_bytes(image, arbitrary_side(), arbitrary_side(), arbitrary_options());
  for (std::size_t i = 0; i < resized.size(); ++i) RC_ASSERT(resized[i] == pixels[i % image.channels]);
}

RC_GTEST_PROP(ResizeProperty, TheSameSizeIsTheSameImage, ()) {
  const Image image = arbitrary_image(30);
  RC_ASSERT(resized_bytes(image, image.width, image.height, arbitrary_options()) == std::get<Bytes>(image.pixels));
}

RC_GTEST_PROP(ResizeProperty, BilinearStaysWithinTheImagesValues, ()) {
  const Image image = arbitrary_image(20);
  const auto& pixels = std::get<Bytes>(image.pixels);
  const auto [low, high] = std::minmax_element(pixels.begin(), pixels.end());
  for (const std::uint8_t value : resized_bytes(image, arbitrary_side(), arbitrary_side())) {
    RC_ASSERT(value >= *low);
    RC_ASSERT(value <= *high);
  }
}

RC_GTEST_PROP(ResizeProperty, ChannelsDoNotTouchEachOther, ()) {
  const Image image = arbitrary_image(20);
  const ResizeOptions options = arbitrary_options();
  const std::size_t width = arbitrary_side();
  const std::size_t height = arbitrary_side();
  const Bytes resized = resized_bytes(image, width, height, options);
  for (std::size_t c = 0; c < image.channels; ++c) {
    Image one = make_image<std::uint8_t>(image.width, image.height, 1);
    for (std::size_t i = 0; i < one.size(); ++i) {
      std::get<Bytes>(one.pixels)[i] = std::get<Bytes>(image.pixels)[i * image.channels + c];
    }
    const Bytes alone = resized_bytes(one, width, height, options);
    for (std::size_t i = 0; i < alone.size(); ++i) RC_ASSERT(alone[i] == resized[i * image.channels + c]);
  }
}

RC_GTEST_PROP(ResizeProperty, AntialiasingMeansNothingWhereTheImageGrows, ()) {
  const Image image = arbitrary_image(20);
  const ResizeFilter filter = *rc::gen::element(bilinear, bicubic);
  const std::size_t width = image.width + *rc::gen::inRange<std::size_t>(0, 20);
  const std::size_t height = image.height + *rc::gen::inRange<std::size_t>(0, 20);
  RC_ASSERT(resized_bytes(image, width, height, {filter, true}) ==
            resized_bytes(image, width, height, {filter, false}));
}

// The same image as floats comes out within one of the bytes: two roundings of a half each.
RC_GTEST_PROP(ResizeProperty, BytesAndFloatsAgree, ()) {
  const Image image = arbitrary_image(20);
  const auto& bytes = std::get<Bytes>(image.pixels);
  Image floats = image;
  floats.pixels = Floats(bytes.begin(), bytes.end());
  const ResizeOptions options{bilinear, *rc::gen::arbitrary<bool>()};
  const std::size_t width = arbitrary_side();
  const std::size_t height = arbitrary_side();
  const Bytes rounded = resized_bytes(image, width, height, options);
  const Image exact = resize(floats, width, height, options);
  for (std::size_t i = 0; i < rounded.size(); ++i) {
    RC_ASSERT(std::abs(std::get<Floats>(exact.pixels)[i] - static_cast<float>(rounded[i])) <= 1.001F);
  }
}

}  // namespace
}  // namespace ohmloop
