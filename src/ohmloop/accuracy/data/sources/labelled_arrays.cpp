#include "ohmloop/accuracy/data/sources/labelled_arrays.hpp"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <filesystem>
#include <memory>
#include <utility>

#include <fmt/format.h>

#include "ohmloop/accuracy/data/bytes/byte_order.hpp"
#include "ohmloop/accuracy/data/bytes/npy_header.hpp"
#include "ohmloop/accuracy/data/bytes/zip_archive.hpp"
#include "ohmloop/accuracy/data/data_format_error.hpp"
#include "ohmloop/accuracy/data/sources/open_images.hpp"
#include "ohmloop/accuracy/data/sources/placed_file.hpp"
#include "ohmloop/text/suggest.hpp"

namespace ohmloop {
namespace {

constexpr std::size_t most_channels = 4096;
constexpr std::size_t most_pixels = std::size_t{64} << 20;
constexpr std::size_t most_labels = 50'000'000;

std::string shape_text(const std::vector<std::size_t>& shape) { return fmt::format("({})", fmt::join(shape, ", ")); }

/// Elements of one image, in C order of the array.
class ArraySource final : public ImageSource {
 public:
  ArraySource(ByteSource elements, std::size_t images, ImageFormat format, SampleLayout layout, std::string name)
      : elements_(std::move(elements)), images_(images), format_(format), layout_(layout), name_(std::move(name)) {}

  [[nodiscard]] std::size_t size() const override { return images_; }
  [[nodiscard]] ImageFormat format() const override { return format_; }
  [[nodiscard]] std::string image_name(std::size_t index) const override { return fmt::format("{}[{}]", name_, index); }
  [[nodiscard]] std::string decoder() const override { return "none (numpy)"; }
  [[nodiscard]] Image image(std::size_t index) const override {
    return format_.element_bytes == 1 ? read<std::uint8_t>(index) : read<float>(index);
  }

 private:
  template <class T>
  [[nodiscard]] Image read(std::size_t index) const {
    Image image = make_image<T>(*format_.width, *format_.height, format_.channels);
    auto& pixels = std::get<std::vector<T>>(image.pixels);
    std::vector<std::uint8_t> bytes(pixels.size() * sizeof(T));
    elements_.read(index * bytes.size(), bytes);
    std::vector<T> values(pixels.size());
    std::memcpy(values.data(), bytes.data(), bytes.size());
    if constexpr (std::is_same_v<T, float>) {
      const auto wrong = std::find_if(values.begin(), values.end(), [](float value) { return !std::isfinite(value); });
      if (wrong != values.end()) {
        throw DataFormatError(fmt::format("element {} is {}", wrong - values.begin(), *wrong));
      }
    }
    if (layout_ == SampleLayout::nhwc) {
      pixels = std::move(values);
      return image;
    }
    const std::size_t plane = image.width * image.height;
    for (std::size_t c = 0; c < image.channels; ++c) {
      for (std::size_t i = 0; i < plane; ++i) pixels[i * image.channels + c] = values[c * plane + i];
    }
    return image;
  }

  ByteSource elements_;
  std::size_t images_;
  ImageFormat format_;
  SampleLayout layout_;
  std::string name_;
};

ImageFormat format_of(const std::vector<std::size_t>& shape, std::optional<SampleLayout> layout) {
  if (shape.size() == 3) return {.width = shape[2], .height = shape[1], .channels = 1};
  if (shape.size() != 4) {
    throw DataFormatError(
        fmt::format("images of shape {}; expected 3 axes, or 4 with the channels", shape_text(shape)));
  }
  if (!layout) {
    throw DataFormatError(
        fmt::format("images of shape {} need 'layout', nchw or nhwc, to say which axis is that of the channels",
                    shape_text(shape)));
  }
  if (*layout == SampleLayout::nchw) return {.width = shape[3], .height = shape[2], .channels = shape[1]};
  return {.width = shape[2], .height = shape[1], .channels = shape[3]};
}

void check_order(const NpyHeader& header) {
  if (header.column_major && header.shape.size() > 1) {
    throw DataFormatError("elements in Fortran's order; expected C order (numpy.ascontiguousarray)");
  }
}

}  // namespace

std::shared_ptr<const ImageSource> read_image_array(const ByteSource& npy, std::optional<SampleLayout> layout,
                                                    const std::string& name) {
  const NpyHeader header = read_npy_header(npy);
  if (header.type != "|u1" && header.type != "<f4") {
    throw DataFormatError(fmt::format("images of type '{}'; expected uint8 or float32", header.type));
  }
  check_order(header);
  ImageFormat format = format_of(header.shape, layout);
  format.element_bytes = header.element_bytes;
  const bool empty = header.elements() == 0;
  if (!empty && (format.channels > most_channels || *format.width > most_pixels / *format.height ||
                 *format.width * *format.height > most_pixels / format.channels)) {
    throw DataFormatError(fmt::format("images of shape {} are too large", shape_text(header.shape)));
  }
  const std::size_t data_bytes = header.elements() * header.element_bytes;
  return std::make_shared<ArraySource>(npy.slice(header.data_offset, data_bytes), empty ? 0 : header.shape[0], format,
                                       layout.value_or(SampleLayout::nhwc), name);
}

std::vector<std::int64_t> read_label_array(const ByteSource& npy) {
  const NpyHeader header = read_npy_header(npy);
  const std::size_t size = header.element_bytes;
  if (size == 0 || header.type[1] == 'f' || header.type[0] == '>') {
    throw DataFormatError(fmt::format("labels of type '{}'; expected integers, the lowest byte first", header.type));
  }
  const bool column = header.shape.size() == 2 && header.shape[1] == 1;
  if (header.shape.size() != 1 && !column) {
    throw DataFormatError(fmt::format("labels of shape {}; expected one axis", shape_text(header.shape)));
  }
  if (header.shape[0] > most_labels) throw DataFormatError("too many labels");
  const std::vector<std::uint8_t> bytes = npy.read(header.data_offset, header.elements() * size);
  std::vector<std::int64_t> labels;
  labels.reserve(header.shape[0]);
  for (std::size_t at = 0; at < bytes.size(); at += size) {
    std::uint64_t value = little_endian(bytes, at, size);
    // A sign is carried up into the bits that the element lacks.
    const bool is_negative = header.type[1] == 'i' && (bytes[at + size - 1] & 0x80U) != 0;
    if (is_negative && size < 8) value |= ~std::uint64_t{0} << 8U * size;
    labels.push_back(static_cast<std::int64_t>(value));
  }
  return labels;
}

namespace {

/// The member of a NPZ file, whose names end in ".npy".
std::optional<ByteSource> open_member(const ZipArchive& archive, const PlacedName& name, OpenContext& context) {
  const ZipMember* member = archive.find(name.name + ".npy");
  if (member != nullptr) return archive.open(*member, context.options.max_held_bytes);
  std::vector<std::string> names;
  for (const ZipMember& each : archive.members()) names.push_back(each.name.substr(0, each.name.rfind(".npy")));
  if (names.size() > 20) names.resize(20);
  context.diagnostics.error(fmt::format("the file has no array '{}'", name.name), name.where,
                            did_you_mean(name.name, names), {"arrays: " + list_names(names)});
  return std::nullopt;
}

struct Arrays {
  std::optional<ByteSource> images;
  std::optional<ByteSource> labels;
};

Arrays open_arrays(const ArrayFiles& files, OpenContext& context) {
  auto images = open_file(files.images, context);
  if (!files.images_member) {
    auto labels = open_file(files.labels, context);
    return {std::move(images), std::move(labels)};
  }
  if (!images) return {};
  const ZipArchive archive(*images);
  auto labels_member = open_member(archive, *files.labels_member, context);
  return {open_member(archive, *files.images_member, context), std::move(labels_member)};
}

}  // namespace

std::optional<LabelledImages> open_images(const ArrayFiles& files, OpenContext& context) {
  const auto report = [&](const PlacedPath& path, const DataFormatError& error) {
    context.diagnostics.error(fmt::format("'{}': {}", path.path, error.what()), path.where);
  };
  Arrays arrays;
  try {
    arrays = open_arrays(files, context);
  } catch (const DataFormatError& error) {
    report(files.images, error);
  }
  LabelledImages result;
  if (arrays.images) {
    std::string name = std::filesystem::path(files.images.path).filename().string();
    if (files.images_member) name += ":" + files.images_member->name;
    try {
      result.images = read_image_array(*arrays.images, files.layout, name);
    } catch (const DataFormatError& error) {
      report(files.images, error);
    }
  }
  if (arrays.labels) {
    try {
      result.labels = read_label_array(*arrays.labels);
    } catch (const DataFormatError& error) {
      report(files.labels, error);
    }
  }
  if (context.diagnostics.has_errors()) return std::nullopt;
  if (result.labels.size() != result.images->size()) {
    context.diagnostics.error(fmt::format("{} images, but {} labels", result.images->size(), result.labels.size()),
                              files.labels.where);
    return std::nullopt;
  }
  return result;
}

}  // namespace ohmloop
