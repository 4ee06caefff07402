#pragma once

#include <cstddef>
#include <cstdlib>
#include <cstring>
#include <memory>
#include <new>
#include <span>

namespace ohmloop {

/// Zeroed memory that vector instructions like: its address is a multiple of 64.
class AlignedMemory {
 public:
  static constexpr std::size_t alignment = 64;

  explicit AlignedMemory(std::size_t bytes) : size_(rounded(bytes)) {
    memory_.reset(static_cast<std::byte*>(std::aligned_alloc(alignment, size_)));
    if (memory_ == nullptr) throw std::bad_alloc();
    std::memset(memory_.get(), 0, size_);
  }

  [[nodiscard]] std::span<std::byte> bytes() const { return {memory_.get(), size_}; }

  /// At least one unit, and whole ones.
  static std::size_t rounded(std::size_t bytes) { return (bytes / alignment + 1) * alignment; }

 private:
  struct Free {
    void operator()(std::byte* memory) const { std::free(memory); }
  };
  std::size_t size_;
  std::unique_ptr<std::byte[], Free> memory_;
};

}  // namespace ohmloop
