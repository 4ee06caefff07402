#include <algorithm>
#include <array>
#include <csetjmp>
#include <cstdio>
#include <cstring>
#include <vector>

#include <fmt/format.h>
#include <png.h>

#include "ohmloop/accuracy/data/data_format_error.hpp"
#include "ohmloop/accuracy/data/images/decoders.hpp"

namespace ohmloop {
namespace {

/// Deflate makes at most 1032 bytes of one.
constexpr std::size_t most_inflation = 1032;
constexpr std::size_t most_channels = 4;

/// What libpng reads from, and what it had to say before it jumped out.
struct PngState {
  const std::uint8_t* bytes = nullptr;
  std::size_t size = 0;
  std::size_t at = 0;
  std::array<char, 160> message{};
};

extern "C" {

[[noreturn]] void leave_libpng(png_structp png, png_const_charp message) {
  auto* state = static_cast<PngState*>(png_get_error_ptr(png));
  std::snprintf(state->message.data(), state->message.size(), "%s", message);
  png_longjmp(png, 1);
}

/// Damage that counts is an error (see png_set_benign_errors); what is left concerns chunks that are not used.
void pass_over_png_warning(png_structp, png_const_charp) {}

void read_png_bytes(png_structp png, png_bytep target, std::size_t count) {
  auto* state = static_cast<PngState*>(png_get_io_ptr(png));
  if (count > state->size - state->at) png_error(png, "the file ends too early");
  std::memcpy(target, state->bytes + state->at, count);
  state->at += count;
}

}  // extern "C"

/// Libpng's structures for one image.
class PngReader {
 public:
  explicit PngReader(std::span<const std::uint8_t> bytes) : state_{.bytes = bytes.data(), .size = bytes.size()} {
    png_ = png_create_read_struct(PNG_LIBPNG_VER_STRING, &state_, leave_libpng, pass_over_png_warning);
    if (png_ != nullptr) info_ = png_create_info_struct(png_);
    if (info_ != nullptr) return;
    png_destroy_read_struct(&png_, nullptr, nullptr);
    throw DataFormatError("libpng cannot be set up");
  }
  PngReader(const PngReader&) = delete;
  PngReader& operator=(const PngReader&) = delete;
  ~PngReader() { png_destroy_read_struct(&png_, &info_, nullptr); }

  // The functions that libpng may jump out of have trivial variables only, so that no destructor is skipped.

  bool read_header() {
    if (setjmp(png_jmpbuf(png_)) != 0) return false;
    png_set_read_fn(png_, &state_, read_png_bytes);
    png_set_benign_errors(png_, 0);
    // Of the chunks that a picture can do without, transparency alone is looked at.
    png_set_keep_unknown_chunks(png_, PNG_HANDLE_CHUNK_NEVER, nullptr, -1);
    png_read_info(png_, info_);
    return true;
  }

  /// Asks for 8 bits in each of 1 to 4 channels: palettes become colours, transparent colours an alpha channel.
  bool choose_form() {
    if (setjmp(png_jmpbuf(png_)) != 0) return false;
    png_set_expand(png_);
    png_set_interlace_handling(png_);
    png_read_update_info(png_, info_);
    return true;
  }

  bool read_pixels(png_bytepp rows) {
    if (setjmp(png_jmpbuf(png_)) != 0) return false;
    png_read_image(png_, rows);
    png_read_end(png_, nullptr);
    return true;
  }

  [[noreturn]] void fail() const { throw DataFormatError(state_.message.data()); }

  [[nodiscard]] std::size_t width() const { return png_get_image_width(png_, info_); }
  [[nodiscard]] std::size_t height() const { return png_get_image_height(png_, info_); }
  [[nodiscard]] int bits() const { return png_get_bit_depth(png_, info_); }
  [[nodiscard]] std::size_t channels() const { return png_get_channels(png_, info_); }
  [[nodiscard]] std::size_t row_bytes() const { return png_get_rowbytes(png_, info_); }

 private:
  PngState state_;
  png_structp png_ = nullptr;
  png_infop info_ = nullptr;
};

/// 1: grey, 2: grey and alpha, 3: red green blue, 4: with alpha.
Image without_alpha(const std::vector<std::uint8_t>& pixels, std::size_t width, std::size_t height,
                    std::size_t channels) {
  Image image = make_image<std::uint8_t>(width, height, 3);
  std::uint8_t* out = std::get<0>(image.pixels).data();
  const bool has_alpha = channels % 2 == 0;
  const bool is_grey = channels <= 2;
  for (const std::uint8_t* pixel = pixels.data(); pixel != pixels.data() + pixels.size(); pixel += channels, out += 3) {
    if (has_alpha && pixel[channels - 1] != 255) {
      throw DataFormatError("a PNG with transparent pixels: what shows through them is not known");
    }
    out[0] = pixel[0];
    out[1] = pixel[is_grey ? 0 : 1];
    out[2] = pixel[is_grey ? 0 : 2];
  }
  return image;
}

}  // namespace

Image decode_png(std::span<const std::uint8_t> bytes, const ImageLimits& limits) {
  PngReader reader(bytes);
  if (!reader.read_header()) reader.fail();
  const std::size_t width = reader.width();
  const std::size_t height = reader.height();
  check_image_size(width, height, limits);
  if (reader.bits() > 8) throw DataFormatError("a PNG of 16 bits per channel; expected at most 8");
  if (reader.row_bytes() * height / most_inflation > bytes.size()) {
    throw DataFormatError(fmt::format("{} x {} pixels cannot be in a file of {} bytes", width, height, bytes.size()));
  }
  if (!reader.choose_form()) reader.fail();
  const std::size_t channels = reader.channels();
  if (channels < 1 || channels > most_channels || reader.row_bytes() != width * channels) {
    throw DataFormatError("a PNG whose form libpng cannot make 8-bit colours of");
  }
  std::vector<std::uint8_t> pixels(width * height * channels);
  std::vector<png_bytep> rows(height);
  for (std::size_t row = 0; row < height; ++row) rows[row] = pixels.data() + row * width * channels;
  if (!reader.read_pixels(rows.data())) reader.fail();
  return without_alpha(pixels, width, height, channels);
}

std::string png_decoder() { return fmt::format("libpng {}", png_get_libpng_ver(nullptr)); }

}  // namespace ohmloop
