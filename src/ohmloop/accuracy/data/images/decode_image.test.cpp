#include "ohmloop/accuracy/data/images/decode_image.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "ohmloop/accuracy/data/data_format_error.hpp"
#include "ohmloop/accuracy/data/images/image_testing.hpp"

namespace ohmloop {
namespace {

using namespace data_testing;

Bytes pixels_of(const Image& image) { return std::get<Bytes>(image.pixels); }

/// What is wrong with a file; empty if nothing is.
std::string fault(const Bytes& file, const ImageLimits& limits = {}) {
  try {
    decode_image(file, limits);
  } catch (const DataFormatError& error) {
    return error.what();
  }
  return "";
}

// Written by Pillow 12.0.0 with quality=40, optimize=True, from
//   y, x, c = numpy.indices((9, 17, 3)); (y*9 + x*7 + c*60) % 256
// in colour with subsampling=2, in grey, and in colour with subsampling=0, progressive=True.
const char* const colour_jpeg =
    "ffd8ffe000104a46494600010100000100010000ffdb004300140e0f120f0d14121012171514181e32211e1c1c1e3d2c2e243249404c4b47"
    "404645505a736250556d5645466488656d777b8182814e608d978c7d96737e817cffdb0043011517171e1a1e3b21213b7c5346537c7c7c7c"
    "7c7c7c7c7c7c7c7c7c7c7c7c7c7c7c7c7c7c7c7c7c7c7c7c7c7c7c7c7c7c7c7c7c7c7c7c7c7c7c7c7c7c7c7c7c7cffc00011080009001103"
    "012200021101031101ffc4001800000203000000000000000000000000000004020305ffc400201000010303050100000000000000000000"
    "00010304021121133133415152ffc400160101010100000000000000000000000000030405ffc4001d110001040203000000000000000000"
    "000000010203120431111452ffda000c03010002110311003f005a344db06a32c2516ba67c2b8dd0f37c8a2664ee863b377a246a72a474ea"
    "f9401b030fb73fa512a87fffd9";
const char* const grey_jpeg =
    "ffd8ffe000104a46494600010100000100010000ffdb004300140e0f120f0d14121012171514181e32211e1c1c1e3d2c2e243249404c4b47"
    "404645505a736250556d5645466488656d777b8182814e608d978c7d96737e817cffc0000b080009001101011100ffc40015000101000000"
    "00000000000000000000000405ffc40020100001030305010000000000000000000000010304021121133133415152ffda0008010100003f"
    "0034689b60a8cb0945ae99f0469d5f280e37439be45127ffd9";
const char* const progressive_jpeg =
    "ffd8ffe000104a46494600010100000100010000ffdb004300140e0f120f0d14121012171514181e32211e1c1c1e3d2c2e243249404c4b47"
    "404645505a736250556d5645466488656d777b8182814e608d978c7d96737e817cffdb0043011517171e1a1e3b21213b7c5346537c7c7c7c"
    "7c7c7c7c7c7c7c7c7c7c7c7c7c7c7c7c7c7c7c7c7c7c7c7c7c7c7c7c7c7c7c7c7c7c7c7c7c7c7c7c7c7c7c7c7c7cffc20011080009001103"
    "011100021101031101ffc4001500010100000000000000000000000000000304ffc400180100030101000000000000000000000000010203"
    "0405ffda000c030100021003100000012bc2a914cac3bd1f9aeb13ffc4001810000301010000000000000000000000000001021131ffda00"
    "080101000105029912309174ffc40017110003010000000000000000000000000000101101ffda0008010301013f0121162fffc4001a1100"
    "01050100000000000000000000000003000102101433ffda0008010201013f01442b41699d1fa3d7ffc40014100100000000000000000000"
    "000000000020ffda0008010100063f025fffc40017100003010000000000000000000000000000112051ffda0008010100013f21158d903f"
    "ffda000c03010002000300000010fb7e7fffc4001811000301010000000000000000000000000001101131ffda0008010301013f10133333"
    "89ffc4001c110001040301000000000000000000000001001021b15161a1d1ffda0008010201013f1040e64e16a1df5a8506ffc4001c1000"
    "010403010000000000000000000000000111213110415161ffda0008010100013f10ae045ae93c3c06a598ffd9";

struct JpegCase {
  const char* name;
  const char* file;
  const char* hash;
};

// The hashes are those of Pillow's pixels: sha256(numpy.asarray(Image.open(file).convert("RGB")).tobytes()).
const JpegCase jpeg_cases[] = {
    {"colour", colour_jpeg, "e195a6ec973fcea810055e51748cb34520a955d9bac67c027cab6d5ae5340864"},
    {"grey", grey_jpeg, "c91ad36f91808a42370e7055ef7297deb2b82cf1b45c54164e8f59abbc2c93ff"},
    {"progressive", progressive_jpeg, "7031f2560c103cd68cdff0427fe695d32acd24102971ccb027fe57828a9c30e0"}};

class JpegFile : public testing::TestWithParam<JpegCase> {};

TEST_P(JpegFile, HasPillowsPixels) {
  const Image image = decode_image(from_hex(GetParam().file));
  EXPECT_EQ(image.width, 17U);
  EXPECT_EQ(image.height, 9U);
  EXPECT_EQ(image.channels, 3U);
  EXPECT_EQ(hash_of(pixels_of(image)), GetParam().hash);
}

TEST_P(JpegFile, IsDamagedWhereverItIsCutOff) {
  const Bytes whole = from_hex(GetParam().file);
  for (std::size_t size = 0; size < whole.size(); ++size) {
    EXPECT_NE(fault(Bytes(whole.begin(), whole.begin() + static_cast<std::ptrdiff_t>(size))), "") << size;
  }
}

INSTANTIATE_TEST_SUITE_P(Pillow, JpegFile, testing::ValuesIn(jpeg_cases),
                         [](const auto& each) { return std::string(each.param.name); });

TEST(DecodeJpeg, SaysWhatIsWrong) {
  Bytes file = jpeg(std::get<Bytes>(formula_image(64, 64, 3).pixels), 64, 64);
  EXPECT_EQ(fault(file), "");
  EXPECT_EQ(fault(Bytes(file.begin(), file.end() - 40)), "Premature end of JPEG file");
  Bytes damaged = file;
  damaged[file.size() - 300] = 0xff;
  damaged[file.size() - 299] = 0xd9;
  EXPECT_EQ(fault(damaged), "Corrupt JPEG data: premature end of data segment");
  EXPECT_EQ(fault({}), "the file is empty");
  EXPECT_EQ(fault(bytes_of("GIF89a and so on")), "neither a JPEG nor a PNG file, by its first bytes");
}

TEST(DecodeJpeg, RefusesWhatWouldNeedAChoice) {
  const Bytes four_channels = std::get<Bytes>(formula_image(16, 16, 4).pixels);
  EXPECT_EQ(fault(jpeg(four_channels, 16, 16, {.colours = JCS_CMYK})), "a CMYK JPEG; expected grey, YCbCr or RGB");
  const Bytes colours = std::get<Bytes>(formula_image(16, 16, 3).pixels);
  EXPECT_EQ(fault(jpeg(colours, 16, 16, {.arithmetic = true})), "an arithmetic-coded JPEG; expected Huffman codes");
}

TEST(DecodeJpeg, LimitsArePixelsAndBytes) {
  const Bytes file = jpeg(std::get<Bytes>(formula_image(64, 32, 3).pixels), 64, 32);
  EXPECT_EQ(fault(file, {.max_pixels = 64 * 32}), "");
  EXPECT_EQ(fault(file, {.max_pixels = 64 * 32 - 1}), "64 x 32 pixels are more than the 2047 that an image may have");
  EXPECT_EQ(fault(file, {.max_file_bytes = 100}), "a file of more than 100 bytes");
}

TEST(DecodeJpeg, AHeaderCannotClaimMoreThanTheFileHolds) {
  Bytes file = from_hex(grey_jpeg);
  const Bytes start_of_frame = {0xff, 0xc0};
  const auto frame = std::search(file.begin(), file.end(), start_of_frame.begin(), start_of_frame.end());
  std::fill_n(frame + 5, 4, std::uint8_t{0x1f});
  EXPECT_EQ(fault(file), "7967 x 7967 pixels cannot be in a file of 193 bytes");
}

TEST(DecodePng, ReadsEveryFormOfUpToEightBits) {
  const Bytes colours = std::get<Bytes>(formula_image(6, 4, 3).pixels);
  for (const bool interlaced : {false, true}) {
    EXPECT_EQ(pixels_of(decode_image(png(rows_of(colours, 18), 6, {.interlaced = interlaced}))), colours);
  }
  const auto grey = [](const Bytes& row, int bits, std::size_t width) {
    return pixels_of(decode_image(png({row}, width, {.bits = bits, .type = PNG_COLOR_TYPE_GRAY})));
  };
  EXPECT_EQ(grey({7, 250}, 8, 2), (Bytes{7, 7, 7, 250, 250, 250}));
  EXPECT_EQ(grey({0x3f}, 4, 2), (Bytes{51, 51, 51, 255, 255, 255}));
  EXPECT_EQ(grey({0x40}, 2, 2), (Bytes{85, 85, 85, 0, 0, 0}));
  EXPECT_EQ(grey({0x40}, 1, 2), (Bytes{0, 0, 0, 255, 255, 255}));
  const PngForm palette{.bits = 2, .type = PNG_COLOR_TYPE_PALETTE, .palette = {{1, 2, 3}, {40, 50, 60}, {7, 8, 9}}};
  EXPECT_EQ(pixels_of(decode_image(png({{0x60}}, 2, palette))), (Bytes{40, 50, 60, 7, 8, 9}));
}

TEST(DecodePng, LeavesOutAnAlphaChannelThatHidesNothing) {
  const Bytes opaque = {1, 2, 3, 255, 4, 5, 6, 255};
  const PngForm with_alpha{.type = PNG_COLOR_TYPE_RGB_ALPHA};
  EXPECT_EQ(pixels_of(decode_image(png({opaque}, 2, with_alpha))), (Bytes{1, 2, 3, 4, 5, 6}));
  EXPECT_EQ(pixels_of(decode_image(png({{9, 255}}, 1, {.type = PNG_COLOR_TYPE_GRAY_ALPHA}))), (Bytes{9, 9, 9}));
  const std::string refusal = "a PNG with transparent pixels: what shows through them is not known";
  EXPECT_EQ(fault(png({{1, 2, 3, 255, 4, 5, 6, 254}}, 2, with_alpha)), refusal);
  PngForm palette{
      .bits = 8, .type = PNG_COLOR_TYPE_PALETTE, .palette = {{1, 2, 3}, {4, 5, 6}}, .transparency = {255, 0}};
  EXPECT_EQ(fault(png({{0, 1}}, 2, palette)), refusal);
  EXPECT_EQ(pixels_of(decode_image(png({{0, 0}}, 2, palette))), (Bytes{1, 2, 3, 1, 2, 3}));
}

TEST(DecodePng, RefusesSixteenBits) {
  EXPECT_EQ(fault(png({{1, 2, 3, 4, 5, 6}}, 1, {.bits = 16})), "a PNG of 16 bits per channel; expected at most 8");
}

TEST(DecodePng, IsDamagedWhereverItIsCutOffOrChanged) {
  const Bytes whole = png(rows_of(std::get<Bytes>(formula_image(12, 7, 3).pixels), 36), 12);
  EXPECT_EQ(fault(whole), "");
  for (std::size_t size = 0; size < whole.size(); ++size) {
    EXPECT_NE(fault(Bytes(whole.begin(), whole.begin() + static_cast<std::ptrdiff_t>(size))), "") << size;
    Bytes changed = whole;
    changed[size] ^= 0x10U;
    EXPECT_NE(fault(changed), "") << size;
  }
  EXPECT_EQ(fault(Bytes(whole.begin(), whole.end() - 20)), "the file ends too early");
}

TEST(DecodePng, AHeaderCannotClaimMoreThanTheFileHolds) {
  Bytes file = png(rows_of(Bytes(std::size_t{300} * 3, 0), 900), 300);
  const std::size_t height_at = 20;
  file[height_at + 2] = 0x40;
  // The header's checksum over the changed height, so that the claim itself is what is refused.
  const auto crc = crc32_z(0, file.data() + 12, 17);
  const Bytes checksum = big(crc, 4);
  std::copy(checksum.begin(), checksum.end(), file.begin() + 29);
  EXPECT_EQ(fault(file), fmt::format("300 x 16385 pixels cannot be in a file of {} bytes", file.size()));
}

RC_GTEST_PROP(DecodePngProperty, GivesBackWhatWasWritten, ()) {
  const auto width = *rc::gen::inRange<std::size_t>(1, 20);
  const auto height = *rc::gen::inRange<std::size_t>(1, 20);
  const Bytes pixels = *rc::gen::container<Bytes>(width * height * 3, rc::gen::arbitrary<std::uint8_t>());
  const Bytes file = png(rows_of(pixels, width * 3), width, {.interlaced = *rc::gen::arbitrary<bool>()});
  RC_ASSERT(pixels_of(decode_image(file)) == pixels);
}

TEST(ImageDecoders, NamesThemWithVersions) {
  EXPECT_EQ(image_decoders().rfind("JPEG: libjpeg-turbo ", 0), 0U);
  EXPECT_NE(image_decoders().find("accurate integer DCT, fancy upsampling"), std::string::npos);
  EXPECT_NE(image_decoders().find("PNG: libpng 1."), std::string::npos);
}

}  // namespace
}  // namespace ohmloop
