#include "ohmloop/accuracy/data/sources/cifar_records.hpp"

#include <algorithm>
#include <filesystem>
#include <memory>
#include <optional>
#include <utility>

#include <fmt/format.h>

#include "ohmloop/accuracy/data/data_format_error.hpp"
#include "ohmloop/accuracy/data/sources/open_images.hpp"
#include "ohmloop/accuracy/data/sources/placed_file.hpp"

namespace ohmloop {
namespace {

constexpr std::size_t side = 32;
constexpr std::size_t plane = side * side;
constexpr std::size_t colours = 3;
constexpr std::size_t records_at_once = 256;

std::size_t label_bytes(CifarLabels labels) { return labels == CifarLabels::cifar10 ? 1 : 2; }

class CifarSource final : public ImageSource {
 public:
  CifarSource(std::vector<ByteSource> files, std::size_t label_size)
      : files_(std::move(files)), label_size_(label_size), record_size_(label_size + colours * plane) {
    for (const ByteSource& file : files_) {
      size_ += file.size() / record_size_;
      ends_.push_back(size_);
    }
  }

  [[nodiscard]] std::size_t size() const override { return size_; }
  [[nodiscard]] ImageFormat format() const override { return {.width = side, .height = side, .channels = colours}; }
  [[nodiscard]] std::string decoder() const override { return "none (CIFAR's binary records)"; }

  [[nodiscard]] std::string image_name(std::size_t index) const override {
    const auto [file, record] = place_of(index);
    return fmt::format("{}[{}]", std::filesystem::path(files_[file].name()).filename().string(), record);
  }

  [[nodiscard]] Image image(std::size_t index) const override {
    const auto [file, record] = place_of(index);
    std::vector<std::uint8_t> planes(colours * plane);
    files_[file].read(record * record_size_ + label_size_, planes);
    Image image = make_image<std::uint8_t>(side, side, colours);
    std::uint8_t* out = std::get<0>(image.pixels).data();
    for (std::size_t i = 0; i < plane; ++i) {
      for (std::size_t c = 0; c < colours; ++c) *out++ = planes[c * plane + i];
    }
    return image;
  }

 private:
  [[nodiscard]] std::pair<std::size_t, std::size_t> place_of(std::size_t index) const {
    const auto file = static_cast<std::size_t>(std::upper_bound(ends_.begin(), ends_.end(), index) - ends_.begin());
    return {file, index - (file == 0 ? 0 : ends_[file - 1])};
  }

  std::vector<ByteSource> files_;
  std::size_t label_size_;
  std::size_t record_size_;
  std::vector<std::size_t> ends_;  ///< images in this file and those before it
  std::size_t size_ = 0;
};

void read_labels(const ByteSource& file, std::size_t record_size, std::size_t label_place,
                 std::vector<std::int64_t>& labels) {
  const std::size_t records = file.size() / record_size;
  for (std::size_t first = 0; first < records; first += records_at_once) {
    const std::size_t count = std::min(records_at_once, records - first);
    const std::vector<std::uint8_t> bytes = file.read(first * record_size, count * record_size);
    for (std::size_t i = 0; i < count; ++i) labels.push_back(bytes[i * record_size + label_place]);
  }
}

std::int64_t class_count(CifarLabels labels) {
  if (labels == CifarLabels::cifar10) return 10;
  return labels == CifarLabels::cifar100_fine ? 100 : 20;
}

}  // namespace

LabelledImages read_cifar_records(const std::vector<ByteSource>& files, CifarLabels labels) {
  const std::size_t label_size = label_bytes(labels);
  const std::size_t record_size = label_size + colours * plane;
  LabelledImages result;
  for (const ByteSource& file : files) {
    if (file.size() == 0 || file.size() % record_size != 0) {
      throw DataFormatError(fmt::format("'{}' has {} bytes, expected a multiple of {}, the size of a record",
                                        file.name(), file.size(), record_size));
    }
    read_labels(file, record_size, labels == CifarLabels::cifar100_fine ? 1 : 0, result.labels);
  }
  result.classes = class_count(labels);
  result.images = std::make_shared<CifarSource>(files, label_size);
  return result;
}

std::optional<LabelledImages> open_images(const CifarFiles& files, OpenContext& context) {
  std::vector<ByteSource> sources;
  for (const PlacedPath& path : files.files) {
    auto file = open_file(path, context);
    if (!file) continue;
    try {
      read_cifar_records({*file}, files.labels);
      sources.push_back(std::move(*file));
    } catch (const DataFormatError& error) {
      context.diagnostics.error(error.what(), path.where);
    }
  }
  if (context.diagnostics.has_errors()) return std::nullopt;
  return read_cifar_records(sources, files.labels);
}

}  // namespace ohmloop
