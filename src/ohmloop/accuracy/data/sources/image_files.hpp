#pragma once

#include <string>
#include <vector>

#include "ohmloop/accuracy/data/image_source.hpp"
#include "ohmloop/accuracy/data/images/decode_image.hpp"

namespace ohmloop {

/// Images that are JPEG or PNG files of their own, in three channels and sizes of their own.
class ImageFileSource final : public ImageSource {
 public:
  struct File {
    std::string path;
    std::string name;  ///< as the list of images has it
  };
  ImageFileSource(std::vector<File> files, const ImageLimits& limits);

  [[nodiscard]] std::size_t size() const override { return files_.size(); }
  [[nodiscard]] ImageFormat format() const override { return {.width = {}, .height = {}, .channels = 3}; }
  [[nodiscard]] std::string image_name(std::size_t index) const override { return files_[index].name; }
  [[nodiscard]] Image image(std::size_t index) const override;
  [[nodiscard]] std::string decoder() const override { return image_decoders(); }

 private:
  std::vector<File> files_;
  ImageLimits limits_;
};

/// Whether a file's name has an ending of JPEG or PNG, in letters of any size.
bool has_image_ending(const std::string& name);

}  // namespace ohmloop
