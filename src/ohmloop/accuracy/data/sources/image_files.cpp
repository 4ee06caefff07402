#include "ohmloop/accuracy/data/sources/image_files.hpp"

#include <algorithm>
#include <filesystem>
#include <utility>

#include <fmt/format.h>

#include "ohmloop/accuracy/data/bytes/byte_source.hpp"
#include "ohmloop/accuracy/data/data_format_error.hpp"

namespace ohmloop {

ImageFileSource::ImageFileSource(std::vector<File> files, const ImageLimits& limits)
    : files_(std::move(files)), limits_(limits) {}

Image ImageFileSource::image(std::size_t index) const {
  const ByteSource file = ByteSource::of_file(files_[index].path);
  if (file.size() > limits_.max_file_bytes) {
    throw DataFormatError(fmt::format("a file of more than {} bytes", limits_.max_file_bytes));
  }
  return decode_image(file.read_all(), limits_);
}

bool has_image_ending(const std::string& name) {
  std::string ending = std::filesystem::path(name).extension().string();
  std::transform(ending.begin(), ending.end(), ending.begin(),
                 [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
  return ending == ".jpg" || ending == ".jpeg" || ending == ".png";
}

}  // namespace ohmloop
