#include "ohmloop/inference/tensor.hpp"

#include <cstdlib>
#include <cstring>
#include <new>
#include <utility>

#include "ohmloop/base/checked.hpp"

namespace ohmloop {
namespace {

/// What the widest vector instructions like.
constexpr std::size_t alignment = 64;

std::shared_ptr<std::byte[]> zeroed_memory(std::size_t bytes) {
  const std::size_t whole = (bytes / alignment + 1) * alignment;
  auto* const memory = static_cast<std::byte*>(std::aligned_alloc(alignment, whole));
  if (memory == nullptr) throw std::bad_alloc();
  std::memset(memory, 0, whole);
  return {memory, [](std::byte* held) { std::free(held); }};
}

}  // namespace

TensorData::TensorData(ElementType type, Dims dims) : type_(type), dims_(std::move(dims)) {
  for (const std::int64_t dim : dims_) OHM_CHECK(dim >= 0, "sizes of a tensor are not negative");
  const std::int64_t elements = element_count(dims_);
  const auto bytes = checked_multiply(elements, static_cast<std::int64_t>(bytes_of(type)));
  size_ = static_cast<std::size_t>(elements);
  if (type == ElementType::string) {
    strings_ = std::make_shared<std::vector<std::string>>(size_);
  } else {
    bytes_ = zeroed_memory(static_cast<std::size_t>(bytes));
  }
}

TensorData TensorData::of_strings(Dims dims, std::vector<std::string> values) {
  TensorData tensor(ElementType::string, std::move(dims));
  OHM_CHECK(tensor.size() == values.size(), "as many values as the dims say");
  *tensor.strings_ = std::move(values);
  return tensor;
}

TensorData TensorData::reshaped(Dims dims) const {
  OHM_CHECK(static_cast<std::size_t>(element_count(dims)) == size_, "as many elements under other dims");
  TensorData result = *this;
  result.dims_ = std::move(dims);
  return result;
}

}  // namespace ohmloop
