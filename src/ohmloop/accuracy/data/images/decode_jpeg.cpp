#include <array>
#include <csetjmp>
#include <cstdio>
#include <memory>

#include <fmt/format.h>
#include <jpeglib.h>

#include "ohmloop/accuracy/data/data_format_error.hpp"
#include "ohmloop/accuracy/data/images/decoders.hpp"

namespace ohmloop {
namespace {

/// Ten are usual; each one costs a pass over all coefficients, whatever the length of the file.
constexpr int most_scans = 64;

/// Huffman codes have at least one bit for each block of 8 x 8 samples, and with the sampling factors that the format
/// allows (up to 4 x 4) a block of eight in a unit of 32 x 32 pixels is the fewest.
constexpr std::size_t most_pixels_per_byte = 1024;

/// Libjpeg leaves by a jump; what it had to say stays here.
struct JpegFailure {
  jpeg_error_mgr manager;
  std::jmp_buf escape;
  std::array<char, JMSG_LENGTH_MAX> message;
};

extern "C" {

[[noreturn]] void leave_libjpeg(j_common_ptr info) {
  auto* failure = reinterpret_cast<JpegFailure*>(info->err);
  info->err->format_message(info, failure->message.data());
  std::longjmp(failure->escape, 1);
}

/// Levels below zero warn of corrupt data, which libjpeg would replace by grey.
void leave_libjpeg_on_warning(j_common_ptr info, int level) {
  if (level < 0) leave_libjpeg(info);
}

void count_jpeg_scans(j_common_ptr info) {
  if (reinterpret_cast<j_decompress_ptr>(info)->input_scan_number <= most_scans) return;
  auto* failure = reinterpret_cast<JpegFailure*>(info->err);
  std::snprintf(failure->message.data(), failure->message.size(), "more than %d scans", most_scans);
  std::longjmp(failure->escape, 1);
}

}  // extern "C"

/// All that libjpeg keeps for one image, at an address that stays.
struct JpegReader {
  jpeg_decompress_struct info{};
  jpeg_progress_mgr progress{};
  JpegFailure failure{};

  JpegReader() = default;
  JpegReader(const JpegReader&) = delete;
  JpegReader& operator=(const JpegReader&) = delete;
  ~JpegReader() { jpeg_destroy_decompress(&info); }
};

// The functions that libjpeg may jump out of have trivial variables only, so that no destructor is skipped.

bool read_header(JpegReader& reader, const std::uint8_t* bytes, std::size_t size) {
  reader.info.err = jpeg_std_error(&reader.failure.manager);
  reader.failure.manager.error_exit = leave_libjpeg;
  reader.failure.manager.emit_message = leave_libjpeg_on_warning;
  if (setjmp(reader.failure.escape) != 0) return false;
  jpeg_create_decompress(&reader.info);
  reader.progress.progress_monitor = count_jpeg_scans;
  reader.info.progress = &reader.progress;
  jpeg_mem_src(&reader.info, bytes, size);
  jpeg_read_header(&reader.info, TRUE);
  return true;
}

bool read_pixels(JpegReader& reader, std::uint8_t* pixels) {
  if (setjmp(reader.failure.escape) != 0) return false;
  reader.info.out_color_space = JCS_RGB;
  reader.info.dct_method = JDCT_ISLOW;
  reader.info.do_fancy_upsampling = TRUE;
  jpeg_start_decompress(&reader.info);
  const std::size_t row_bytes = std::size_t{3} * reader.info.output_width;
  while (reader.info.output_scanline < reader.info.output_height) {
    JSAMPROW row = pixels + reader.info.output_scanline * row_bytes;
    jpeg_read_scanlines(&reader.info, &row, 1);
  }
  // Reads on to the end marker: what is cut off behind the last row is damage, too.
  jpeg_finish_decompress(&reader.info);
  return true;
}

[[noreturn]] void fail(const JpegReader& reader) { throw DataFormatError(reader.failure.message.data()); }

void check_kind(const jpeg_decompress_struct& info) {
  const J_COLOR_SPACE colours = info.jpeg_color_space;
  if (colours == JCS_CMYK || colours == JCS_YCCK) {
    throw DataFormatError("a CMYK JPEG; expected grey, YCbCr or RGB");
  }
  if (colours != JCS_GRAYSCALE && colours != JCS_YCbCr && colours != JCS_RGB) {
    throw DataFormatError(fmt::format("a JPEG of {} components; expected grey, YCbCr or RGB", info.num_components));
  }
  if (info.arith_code != 0) throw DataFormatError("an arithmetic-coded JPEG; expected Huffman codes");
}

}  // namespace

Image decode_jpeg(std::span<const std::uint8_t> bytes, const ImageLimits& limits) {
  const auto reader = std::make_unique<JpegReader>();
  if (!read_header(*reader, bytes.data(), bytes.size())) fail(*reader);
  check_kind(reader->info);
  const std::size_t width = reader->info.image_width;
  const std::size_t height = reader->info.image_height;
  check_image_size(width, height, limits);
  if (width * height / most_pixels_per_byte > bytes.size()) {
    throw DataFormatError(fmt::format("{} x {} pixels cannot be in a file of {} bytes", width, height, bytes.size()));
  }
  Image image = make_image<std::uint8_t>(width, height, 3);
  if (!read_pixels(*reader, std::get<0>(image.pixels).data())) fail(*reader);
  return image;
}

std::string jpeg_decoder() {
  constexpr int version = LIBJPEG_TURBO_VERSION_NUMBER;
  return fmt::format("libjpeg-turbo {}.{}.{} (accurate integer DCT, fancy upsampling)", version / 1'000'000,
                     version / 1'000 % 1'000, version % 1'000);
}

}  // namespace ohmloop
