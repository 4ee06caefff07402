#pragma once

#include <atomic>
#include <cstddef>
#include <memory>
#include <optional>
#include <vector>

#include "ohmloop/accuracy/data/images/image.hpp"

namespace ohmloop {

/// Images by number, of which the first `capacity` are kept once they were made. Many threads may use it at once; if
/// two make the same image at the same time, one of the two (equal) results is kept.
class KeptImages {
 public:
  explicit KeptImages(std::size_t capacity) : images_(capacity) {}
  KeptImages(const KeptImages&) = delete;
  KeptImages& operator=(const KeptImages&) = delete;
  ~KeptImages() {
    for (const auto& image : images_) delete image.load();
  }

  /// Null if it is not kept.
  [[nodiscard]] const Image* find(std::size_t index) const {
    return index < images_.size() ? images_[index].load(std::memory_order_acquire) : nullptr;
  }

  /// Keeps the image, or does nothing if its number is beyond the capacity or it is there already.
  void keep(std::size_t index, Image image) const {
    if (index >= images_.size()) return;
    auto kept = std::make_unique<const Image>(std::move(image));
    const Image* expected = nullptr;
    if (images_[index].compare_exchange_strong(expected, kept.get(), std::memory_order_acq_rel)) {
      static_cast<void>(kept.release());
    }
  }

 private:
  mutable std::vector<std::atomic<const Image*>> images_;
};

}  // namespace ohmloop
