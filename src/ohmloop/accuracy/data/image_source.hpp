#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "ohmloop/accuracy/data/images/image.hpp"
#include "ohmloop/text/source.hpp"

namespace ohmloop {

/// Images as they lie in files, before any preprocessing. Immutable; many threads may read at once.
class ImageSource {
 public:
  ImageSource() = default;
  ImageSource(const ImageSource&) = delete;
  ImageSource& operator=(const ImageSource&) = delete;
  virtual ~ImageSource() = default;

  [[nodiscard]] virtual std::size_t size() const = 0;
  [[nodiscard]] virtual ImageFormat format() const = 0;
  /// A file's name, or "test_batch.bin[17]" for an image among many of a file.
  [[nodiscard]] virtual std::string image_name(std::size_t index) const = 0;
  /// Throws DataFormatError for a damaged image, IoError where a file cannot be read.
  [[nodiscard]] virtual Image image(std::size_t index) const = 0;
  /// What decodes the images, for the record of a result.
  [[nodiscard]] virtual std::string decoder() const = 0;
};

/// The images of a source with their labels as these stand in the files.
struct LabelledImages {
  std::shared_ptr<const ImageSource> images;
  std::vector<std::int64_t> labels;
  std::optional<std::int64_t> classes{};                 ///< where the form of the files tells it
  std::function<SourceSpan(std::size_t)> label_place{};  ///< where a label stands; empty for binary files
};

}  // namespace ohmloop
