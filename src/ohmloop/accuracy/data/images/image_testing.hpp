#pragma once

#include <cstdio>
#include <cstdlib>
#include <vector>

#include <jpeglib.h>
#include <png.h>

#include "ohmloop/accuracy/data/data_testing.hpp"

/// Writers of image files, for tests.
namespace ohmloop::data_testing {

struct JpegForm {
  J_COLOR_SPACE colours = JCS_RGB;  ///< of the pixels given; JCS_CMYK has four channels
  int quality = 75;
  bool progressive = false;
  bool arithmetic = false;
};

inline Bytes jpeg(const Bytes& pixels, std::size_t width, std::size_t height, const JpegForm& form = {}) {
  jpeg_compress_struct info{};
  jpeg_error_mgr errors{};
  info.err = jpeg_std_error(&errors);
  jpeg_create_compress(&info);
  unsigned char* file = nullptr;
  unsigned long size = 0;
  jpeg_mem_dest(&info, &file, &size);
  info.image_width = static_cast<JDIMENSION>(width);
  info.image_height = static_cast<JDIMENSION>(height);
  info.input_components = static_cast<int>(pixels.size() / (width * height));
  info.in_color_space = form.colours;
  jpeg_set_defaults(&info);
  jpeg_set_quality(&info, form.quality, TRUE);
  if (form.progressive) jpeg_simple_progression(&info);
  info.arith_code = form.arithmetic ? TRUE : FALSE;
  jpeg_start_compress(&info, TRUE);
  const std::size_t row_size = width * static_cast<std::size_t>(info.input_components);
  for (std::size_t y = 0; y < height; ++y) {
    JSAMPROW row = const_cast<JSAMPROW>(pixels.data() + y * row_size);
    jpeg_write_scanlines(&info, &row, 1);
  }
  jpeg_finish_compress(&info);
  jpeg_destroy_compress(&info);
  Bytes bytes(file, file + size);
  std::free(file);
  return bytes;
}

struct PngForm {
  int bits = 8;
  int type = PNG_COLOR_TYPE_RGB;
  bool interlaced = false;
  std::vector<png_color> palette{};
  Bytes transparency{};  ///< alpha of the palette's first entries
};

/// `rows` as the format stores them, before filtering.
inline Bytes png(const std::vector<Bytes>& rows, std::size_t width, const PngForm& form = {}) {
  Bytes file;
  png_structp writer = png_create_write_struct(PNG_LIBPNG_VER_STRING, nullptr, nullptr, nullptr);
  png_infop info = png_create_info_struct(writer);
  png_set_write_fn(
      writer, &file,
      [](png_structp each, png_bytep bytes, std::size_t count) {
        auto* target = static_cast<Bytes*>(png_get_io_ptr(each));
        target->insert(target->end(), bytes, bytes + count);
      },
      nullptr);
  png_set_IHDR(writer, info, static_cast<png_uint_32>(width), static_cast<png_uint_32>(rows.size()), form.bits,
               form.type, form.interlaced ? PNG_INTERLACE_ADAM7 : PNG_INTERLACE_NONE, PNG_COMPRESSION_TYPE_DEFAULT,
               PNG_FILTER_TYPE_DEFAULT);
  if (!form.palette.empty()) {
    png_set_PLTE(writer, info, form.palette.data(), static_cast<int>(form.palette.size()));
  }
  if (!form.transparency.empty()) {
    png_set_tRNS(writer, info, form.transparency.data(), static_cast<int>(form.transparency.size()), nullptr);
  }
  std::vector<png_bytep> pointers;
  for (const Bytes& row : rows) pointers.push_back(const_cast<png_bytep>(row.data()));
  png_write_info(writer, info);
  png_set_interlace_handling(writer);
  png_write_image(writer, pointers.data());
  png_write_end(writer, info);
  png_destroy_write_struct(&writer, &info);
  return file;
}

/// The pixels in rows.
inline std::vector<Bytes> rows_of(const Bytes& pixels, std::size_t row_size) {
  std::vector<Bytes> rows;
  for (auto at = pixels.begin(); at != pixels.end(); at += static_cast<std::ptrdiff_t>(row_size)) {
    rows.emplace_back(at, at + static_cast<std::ptrdiff_t>(row_size));
  }
  return rows;
}

}  // namespace ohmloop::data_testing
