#include "ohmloop/accuracy/data/sources/idx_files.hpp"

#include <algorithm>
#include <filesystem>
#include <functional>
#include <memory>
#include <numeric>
#include <optional>
#include <utility>

#include <fmt/format.h>

#include "ohmloop/accuracy/data/bytes/byte_order.hpp"
#include "ohmloop/accuracy/data/bytes/inflate.hpp"
#include "ohmloop/accuracy/data/data_format_error.hpp"
#include "ohmloop/accuracy/data/sources/open_images.hpp"
#include "ohmloop/accuracy/data/sources/placed_file.hpp"

namespace ohmloop {
namespace {

constexpr unsigned unsigned_bytes = 0x08;
constexpr std::size_t most_axes = 8;
constexpr std::size_t most_side = std::size_t{1} << 16;

class IdxSource final : public ImageSource {
 public:
  IdxSource(IdxArray images, std::string name) : images_(std::move(images)), name_(std::move(name)) {}

  [[nodiscard]] std::size_t size() const override { return images_.shape[0]; }
  [[nodiscard]] ImageFormat format() const override {
    return {.width = images_.shape[2], .height = images_.shape[1], .channels = 1};
  }
  [[nodiscard]] std::string image_name(std::size_t index) const override { return fmt::format("{}[{}]", name_, index); }
  [[nodiscard]] std::string decoder() const override { return "none (IDX)"; }
  [[nodiscard]] Image image(std::size_t index) const override {
    Image image = make_image<std::uint8_t>(images_.shape[2], images_.shape[1], 1);
    images_.elements.read(index * image.size(), std::get<0>(image.pixels));
    return image;
  }

 private:
  IdxArray images_;
  std::string name_;
};

/// The axes in a header of `bytes`, whose length tells how many they are.
std::vector<std::size_t> read_shape(const std::vector<std::uint8_t>& header) {
  std::vector<std::size_t> shape;
  for (std::size_t at = 4; at < header.size(); at += 4) shape.push_back(big_endian(header, at, 4));
  return shape;
}

std::size_t header_size(const std::vector<std::uint8_t>& start) {
  if (start.size() < 4 || start[0] != 0 || start[1] != 0) throw DataFormatError("no IDX file, by its first bytes");
  if (start[2] != unsigned_bytes) {
    throw DataFormatError(
        fmt::format("an IDX file of elements of type 0x{:02x}; expected 0x08, unsigned bytes", start[2]));
  }
  if (start[3] < 1 || start[3] > most_axes) throw DataFormatError(fmt::format("an IDX file of {} axes", start[3]));
  return 4 + 4 * std::size_t{start[3]};
}

/// How many elements the shape has, if they can be in `most` bytes.
std::size_t count_elements(const std::vector<std::size_t>& shape, std::size_t most) {
  if (std::find(shape.begin(), shape.end(), 0) != shape.end()) return 0;
  std::size_t count = 1;
  for (const std::size_t length : shape) {
    if (length > most / count) {
      throw DataFormatError(fmt::format("its header claims more elements than the {} that can be there", most));
    }
    count *= length;
  }
  return count;
}

[[noreturn]] void refuse_size(std::size_t there, std::size_t claimed) {
  throw DataFormatError(fmt::format("{} bytes behind the header, which says {}", there, claimed));
}

}  // namespace

IdxArray read_idx(const ByteSource& file, std::size_t most_held_bytes) {
  const bool compressed = is_gzip(file);
  const auto beginning = [&](std::size_t count) {
    if (compressed) return inflate_bytes(file, Compression::gzip, count);
    return file.read(0, std::min(count, file.size()));
  };
  const std::size_t header_bytes = header_size(beginning(4));
  const std::vector<std::uint8_t> header = beginning(header_bytes);
  if (header.size() < header_bytes) throw DataFormatError("its header is cut off");
  std::vector<std::size_t> shape = read_shape(header);
  if (!compressed) {
    const std::size_t there = file.size() - header_bytes;
    const std::size_t elements = count_elements(shape, there);
    if (elements != there) refuse_size(there, elements);
    return {std::move(shape), file.slice(header_bytes, there)};
  }
  const std::size_t most = std::min(most_held_bytes, file.size() * most_inflation);
  const std::size_t elements = count_elements(shape, most);
  // One byte more than expected, so that the end is reached: there the checksum is compared.
  std::vector<std::uint8_t> bytes = inflate_bytes(file, Compression::gzip, header_bytes + elements + 1);
  if (bytes.size() > header_bytes + elements) {
    throw DataFormatError(fmt::format("more bytes behind the header than the {} that it says", elements));
  }
  if (bytes.size() < header_bytes + elements) refuse_size(bytes.size() - header_bytes, elements);
  return {std::move(shape), ByteSource::of_bytes(std::move(bytes), file.name()).slice(header_bytes, elements)};
}

LabelledImages combine_idx(const IdxArray& images, const IdxArray& labels, const std::string& name) {
  if (images.shape.size() != 3) {
    throw DataFormatError(fmt::format("images with {} axes; expected 3: number, height, width", images.shape.size()));
  }
  if (labels.shape.size() != 1) {
    throw DataFormatError(fmt::format("labels with {} axes; expected 1", labels.shape.size()));
  }
  if (images.shape[0] != labels.shape[0]) {
    throw DataFormatError(fmt::format("{} images, but {} labels", images.shape[0], labels.shape[0]));
  }
  if (images.shape[1] < 1 || images.shape[2] < 1 || images.shape[1] > most_side || images.shape[2] > most_side) {
    throw DataFormatError(fmt::format("images of {} x {} pixels", images.shape[2], images.shape[1]));
  }
  const std::vector<std::uint8_t> bytes = labels.elements.read_all();
  return {.images = std::make_shared<IdxSource>(images, name), .labels = {bytes.begin(), bytes.end()}};
}

std::optional<LabelledImages> open_images(const IdxFiles& files, OpenContext& context) {
  const auto open = [&](const PlacedPath& path) -> std::optional<IdxArray> {
    const auto file = open_file(path, context);
    if (!file) return std::nullopt;
    try {
      return read_idx(*file, context.options.max_held_bytes);
    } catch (const DataFormatError& error) {
      context.diagnostics.error(fmt::format("'{}': {}", path.path, error.what()), path.where);
      return std::nullopt;
    }
  };
  const auto images = open(files.images);
  const auto labels = open(files.labels);
  if (!images || !labels) return std::nullopt;
  try {
    return combine_idx(*images, *labels, std::filesystem::path(files.images.path).filename().string());
  } catch (const DataFormatError& error) {
    context.diagnostics.error(error.what(), files.images.where);
    return std::nullopt;
  }
}

}  // namespace ohmloop
